import { describe, expect, it } from 'vitest';
import { betweenCases, circlesOf, climbs, importsOf, type Sources } from '../tools/structure.ts';

const tree = (files: Record<string, string>): Sources => new Map(Object.entries(files));
const wrongIn = (files: Record<string, string>) => {
  const imports = importsOf(tree(files));
  return { circles: circlesOf(imports), cases: betweenCases(imports), climbs: climbs(imports) };
};

describe('a circle of imports is found', () => {
  it.each([
    { says: 'among values', there: "import { a } from './b.ts';", back: "import { b } from './a.ts';" },
    {
      says: 'of types only',
      there: "import type { A } from './b.ts';",
      back: "import type { B } from './a.ts';",
    },
    { says: 'through an export', there: "export * from './b.ts';", back: "import { b } from './a.ts';" },
    {
      says: 'through a dynamic import',
      there: "await import('./b.ts');",
      back: "import { b } from './a.ts';",
    },
    {
      says: 'through the type of an import',
      there: "type A = import('./b.ts').A;",
      back: "import './a.ts';",
    },
  ])('$says', ({ there, back }) => {
    expect(wrongIn({ 'src/a.ts': there, 'src/b.ts': back }).circles).toEqual([['src/a.ts', 'src/b.ts']]);
  });

  it('through components, a query and a third file', () => {
    const { circles } = wrongIn({
      'src/A.svelte': '<p>a</p>\n<script lang="ts">\n  import B from \'./ui/b.ts?raw\';\n</script>',
      'src/ui/b.ts': "import { c } from '../../lib/c.ts';",
      'lib/c.ts': "import type A from '../src/A.svelte';",
    });
    expect(circles).toEqual([['lib/c.ts', 'src/A.svelte', 'src/ui/b.ts']]);
  });

  it('and none where imports only meet', () => {
    const { circles } = wrongIn({
      'src/a.ts': "import './b.ts'; import './c.ts';",
      'src/b.ts': "import './c.ts';",
      'src/c.ts': "// import './a.ts'\nexport const text = \"import './a.ts'\";",
    });
    expect(circles).toEqual([]);
  });
});

describe('a case', () => {
  it('must not import another', () => {
    const { cases } = wrongIn({
      'src/cases/counting/a.ts': "import '../crowding/b.ts'; import '../shared/c.ts';",
      'src/cases/crowding/b.ts': '',
      'src/cases/shared/c.ts': '',
    });
    expect(cases).toEqual(['src/cases/counting/a.ts imports src/cases/crowding/b.ts']);
  });
});

describe('a room of the camera', () => {
  const rooms = { 'workers/camera/runtime/a.ts': '', 'workers/camera/ledger/b.ts': '' };

  it('must not import from above', () => {
    const up = { ...rooms, 'workers/camera/ledger/b.ts': "import type { A } from '../runtime/a.ts';" };
    expect(wrongIn(up).climbs).toEqual([
      'workers/camera/ledger/b.ts (ledger) imports workers/camera/runtime/a.ts (runtime)',
    ]);
  });

  it('may import from below', () => {
    const down = { ...rooms, 'workers/camera/runtime/a.ts': "import '../ledger/b.ts';" };
    expect(wrongIn(down).climbs).toEqual([]);
  });

  it('holds every file', () => {
    expect(wrongIn({ 'workers/camera/loose.ts': '' }).climbs).toEqual([
      'workers/camera/loose.ts lies in no room',
    ]);
  });
});
