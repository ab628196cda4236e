/**
 * Libraries compiled into the WebAssembly binaries that the site ships, from the projects' own lists of dependencies
 * (ONNX Runtime 1.30: cmake/deps.txt and ThirdPartyNotices.txt; MediaPipe 0.10.35: WORKSPACE and third_party/). Where a library
 * leaves its name in a binary, `trace` says which text to look for; a test finds it. Others (headers, small C libraries) leave none.
 */
export interface CompiledLibrary {
  readonly name: string;
  /** As the project states it. */
  readonly licence: string;
  /** SPDX identifiers whose texts belong to it. */
  readonly licences: readonly string[];
  readonly copyright: string;
  readonly source: string;
  /** A text in one of the binaries that comes from it. */
  readonly trace?: string;
}

const library = (
  name: string,
  licences: readonly string[],
  copyright: string,
  source: string,
  trace?: string,
): CompiledLibrary => ({
  name,
  licence: licences.join(', '),
  licences,
  copyright: `Copyright ${copyright}`,
  source,
  ...(trace !== undefined && { trace }),
});

export const COMPILED_IN: readonly CompiledLibrary[] = [
  library('ONNX', ['Apache-2.0'], 'the ONNX Project Contributors', 'https://github.com/onnx/onnx', 'onnx::'),
  library(
    'Eigen',
    ['MPL-2.0', 'BSD-3-Clause'],
    'the Eigen authors',
    'https://gitlab.com/libeigen/eigen',
    'Eigen',
  ),
  library(
    'XNNPACK',
    ['BSD-3-Clause'],
    'Facebook, Inc. and its affiliates; Google LLC',
    'https://github.com/google/XNNPACK',
    'xnnpack',
  ),
  library(
    'pthreadpool',
    ['BSD-2-Clause'],
    'Facebook Inc.; Georgia Institute of Technology; Google LLC',
    'https://github.com/google/pthreadpool',
  ),
  library('cpuinfo', ['BSD-2-Clause'], 'Google LLC; Facebook Inc.', 'https://github.com/pytorch/cpuinfo'),
  library(
    'FP16',
    ['MIT'],
    'Facebook Inc.; Georgia Institute of Technology; Google LLC',
    'https://github.com/Maratyszcza/FP16',
  ),
  library(
    'FXdiv',
    ['MIT'],
    'Facebook Inc.; Georgia Institute of Technology; Google LLC',
    'https://github.com/Maratyszcza/FXdiv',
  ),
  library('Abseil', ['Apache-2.0'], 'Google Inc.', 'https://github.com/abseil/abseil-cpp', 'absl'),
  library(
    'Protocol Buffers',
    ['BSD-3-Clause'],
    'Google Inc.',
    'https://github.com/protocolbuffers/protobuf',
    'protobuf',
  ),
  library(
    'FlatBuffers',
    ['Apache-2.0'],
    'Google Inc.',
    'https://github.com/google/flatbuffers',
    'flatbuffers',
  ),
  library(
    'Dawn',
    ['BSD-3-Clause'],
    'the Dawn & Tint Authors',
    'https://dawn.googlesource.com/dawn',
    'dawnProcTable',
  ),
  library('RE2', ['BSD-3-Clause'], 'the RE2 Authors', 'https://github.com/google/re2', 're2'),
  library('SafeInt', ['MIT'], 'Microsoft', 'https://github.com/dcleblanc/SafeInt', 'SafeInt'),
  library(
    'Guidelines Support Library',
    ['MIT'],
    'Microsoft Corporation',
    'https://github.com/microsoft/GSL',
    'gsl',
  ),
  library('Boost.MP11', ['BSL-1.0'], 'Peter Dimov', 'https://github.com/boostorg/mp11'),
  library('JSON for Modern C++', ['MIT'], 'Niels Lohmann', 'https://github.com/nlohmann/json', 'nlohmann'),
  library('date', ['MIT'], 'Howard Hinnant and others', 'https://github.com/HowardHinnant/date'),
  library(
    'LiteRT (TensorFlow Lite)',
    ['Apache-2.0'],
    'the TensorFlow Authors',
    'https://github.com/tensorflow/tensorflow',
    'tflite',
  ),
  library(
    'SentencePiece',
    ['Apache-2.0'],
    'Google Inc.',
    'https://github.com/google/sentencepiece',
    'TFSentencepieceTokenizeOp',
  ),
  {
    ...library(
      'fft2d',
      [],
      'Takuya OOURA, 1996-2001',
      'https://www.kurims.kyoto-u.ac.jp/~ooura/fft.html',
      'rfft2d',
    ),
    // In the author's own words, which are no licence with a name.
    licence:
      'You may use, copy, modify and distribute this code for any purpose (include commercial use) and without fee',
  },
  library('ruy', ['Apache-2.0'], 'Google LLC', 'https://github.com/google/ruy', 'ruy'),
  library('gemmlowp', ['Apache-2.0'], 'Google Inc.', 'https://github.com/google/gemmlowp', 'gemmlowp'),
  library('farmhash', ['MIT'], 'Google, Inc.', 'https://github.com/google/farmhash'),
  library('glog', ['BSD-3-Clause'], 'Google Inc.', 'https://github.com/google/glog'),
  library('OpenCV', ['Apache-2.0'], 'the OpenCV contributors', 'https://github.com/opencv/opencv', 'opencv'),
  library(
    'Emscripten',
    ['MIT', 'NCSA'],
    'the Emscripten Authors',
    'https://github.com/emscripten-core/emscripten',
    'emscripten',
  ),
  library('musl', ['MIT'], 'Rich Felker and others', 'https://musl.libc.org'),
  {
    ...library('LLVM libc++ and compiler-rt', ['Apache-2.0'], 'the LLVM project', 'https://llvm.org'),
    licence: 'Apache-2.0 with the LLVM exception',
  },
];
