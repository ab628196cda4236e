/**
 * What exported functions say of themselves: that there is a doc comment, and that it names the unit of every number. A
 * name that carries its unit (`timeS`, `maxMs`, `heightM`) says it already.
 */
import ts from 'typescript';

/** What a name says of its unit: seconds, milliseconds, microseconds, metres, degrees, bytes and so on. */
const UNIT_IN_NAME =
  /(?:[a-z0-9](?:S|Ms|Us|M|M2|Mps|Kmh|Deg|Px|Fps|Bytes)|^(?:fps|bytes|pixels|seconds|ms))$/;

/** Words that name a unit, a range, or what is counted. */
const UNIT = new RegExp(
  [
    'pixels?|px|texels?|metres?|m/s|seconds?|milliseconds?|microseconds?|ms|years?|degrees?|radians?|bytes?|bits?|km/h',
    'shares?|fractions?|ratios?|probabilit(?:y|ies)|odds|scores?|percent|standard deviations?|units?|cosine|IoU|brightness',
    'index|indices|how many|number of|whole numbers?|counts?|offsets?|axis|axes|rank|opset|seed|days?|frames a second',
    '0\\.\\.1|-1\\.\\.1|0\\.\\.255|0\\.\\.\\d+',
  ]
    .map((words) => `(?<![\\w])(?:${words})(?![\\w])`)
    .join('|'),
  'i',
);

interface Shaped {
  readonly name: string;
  readonly parameters: readonly ts.ParameterDeclaration[];
  readonly type: ts.TypeNode | undefined;
  /** The statement that carries the comment. */
  readonly statement: ts.Statement;
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** Exported functions of a file, declared or as constants. */
function functionsOf(file: ts.SourceFile): Shaped[] {
  return file.statements.filter(isExported).flatMap((statement): Shaped[] => {
    if (ts.isFunctionDeclaration(statement) && statement.name)
      return [
        { name: statement.name.text, parameters: [...statement.parameters], type: statement.type, statement },
      ];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        ? [
            {
              name: name.getText(file),
              parameters: [...initializer.parameters],
              type: initializer.type,
              statement,
            },
          ]
        : [],
    );
  });
}

const NUMBERS = /^(?:number|readonly number\[\]|number\[\])(?: \| undefined)?$/;
const isNumber = (type: ts.TypeNode | undefined, file: ts.SourceFile): boolean =>
  type !== undefined && NUMBERS.test(type.getText(file));

/** Names of a function's numbers whose unit no name tells; `returned` for its result. */
function numbersOf({ name, parameters, type }: Shaped, file: ts.SourceFile): string[] {
  const given = parameters
    .filter((parameter) => isNumber(parameter.type, file))
    .map((parameter) => parameter.name.getText(file))
    .filter((each) => !UNIT_IN_NAME.test(each));
  return isNumber(type, file) && !UNIT_IN_NAME.test(name) ? [...given, 'returned'] : given;
}

/**
 * What is missing in a file, one line each.
 * @param path for the lines, @param text the file's content
 */
export function missingComments(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return functionsOf(file).flatMap((shaped) => {
    const { line } = file.getLineAndCharacterOfPosition(shaped.statement.getStart(file));
    const at = `${path}:${line + 1} ${shaped.name}`;
    const comments = ts.getJSDocCommentsAndTags(shaped.statement).filter(ts.isJSDoc);
    const comment = comments.map((each) => each.getText(file)).join('\n');
    // Overloads share the comment of the first.
    if (comment === '') return [`${at}: no doc comment`];
    const numbers = numbersOf(shaped, file);
    if (numbers.length === 0 || UNIT.test(comment)) return [];
    return [`${at}: no unit for ${numbers.join(', ')}`];
  });
}
