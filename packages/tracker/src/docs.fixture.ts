import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = new URL('../../../', import.meta.url);

/** A block of code in a document. */
export type Block = { file: string; language: string; code: string };

/** The documents that show how to use the tracker, by their path in the repository. */
export const DOCUMENTS = [
  'packages/tracker/README.md',
  'docs/tracker.md',
  'docs/install.md',
  ...readdirSync(fileURLToPath(new URL('docs/install', ROOT))).map((name) => `docs/install/${name}`),
];

export const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** The blocks of code of a document, those within lists too. */
export function readBlocks(file: string): Block[] {
  return [...read(file).matchAll(/^( *)```(\w*)\n(.*?)^ *```/gms)].map(
    ([, indent = '', language = '', code = '']) => ({
      file,
      language,
      code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

/** The JavaScript in a block: all of it, or that of inline scripts; what a server fills in stands as null. */
export function extractScripts({ language, code }: Block): string[] {
  if (['js', 'ts', 'tsx'].includes(language)) return [code];
  if (language !== 'html' && language !== 'php') return [];
  return [...code.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) =>
    script.replace(/<\?php.*?\?>|\{\{.*?\}\}/gs, 'null'),
  );
}

/** The program, and what the parser complains about. */
export function parse(code: string): { source: ts.SourceFile; errors: string[] } {
  const source = ts.createSourceFile('block.tsx', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: ts.Diagnostic[] };
  return { source, errors: parseDiagnostics.map(({ messageText }) => String(messageText)) };
}

const objectKeys = (node: ts.Node | undefined): string[] =>
  node && ts.isObjectLiteralExpression(node)
    ? node.properties.flatMap(({ name }) => (name ? [name.getText()] : []))
    : [];

/** A call in a program: the last part of what is called, the names in each argument that is an object. */
export type Call = { called: string; of: string; keys: string[][] };

/** Every call in a program. */
export function findCalls(source: ts.SourceFile): Call[] {
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const member = ts.isPropertyAccessExpression(expression) ? expression : undefined;
      calls.push({
        called: (member?.name ?? expression).getText(),
        of: member?.expression.getText() ?? '',
        keys: node.arguments.map(objectKeys),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

/** What a program imports: the module, and the names it takes. */
export function findImports(source: ts.SourceFile): [module: string, names: string[]][] {
  return source.statements.filter(ts.isImportDeclaration).map((statement) => {
    const bindings = statement.importClause?.namedBindings;
    const names =
      bindings && ts.isNamedImports(bindings) ? bindings.elements.filter((each) => !each.isTypeOnly) : [];
    return [(statement.moduleSpecifier as ts.StringLiteral).text, names.map(({ name }) => name.text)];
  });
}
