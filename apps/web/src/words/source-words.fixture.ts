import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * What a source says of words: keys that it uses (`*` is any one part of a key), and texts that it has itself. `side`: whether it
 * begins in the browser or is an action of the server; null: wherever it is imported from.
 */
export type SourceWords = {
  uses: string[];
  texts: string[];
  imports: string[];
  /** Imports of nothing but types, which load nothing. */
  typeImports: string[];
  side: 'use client' | 'use server' | null;
};

/** Functions that give the words of a namespace; its name is their last argument. */
const GIVERS = new Set(['useWords', 'readerWords', 'wordsIn']);

const unwrapped = (node: ts.Expression): ts.Expression =>
  ts.isAwaitExpression(node) ||
  ts.isAsExpression(node) ||
  ts.isParenthesizedExpression(node) ||
  ts.isNonNullExpression(node)
    ? unwrapped(node.expression)
    : node;

/** The namespace that a call such as `useWords('chart')` gives the words of. */
function givenNamespace(node: ts.Expression | undefined): string | undefined {
  const call = node && unwrapped(node);
  if (call === undefined || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return undefined;
  const last = call.arguments.at(-1);
  return GIVERS.has(call.expression.text) && last && ts.isStringLiteral(last) ? last.text : undefined;
}

/** The namespace of a type such as `Words<'chart'>`. */
function typedNamespace(type: ts.TypeNode | undefined): string | undefined {
  if (!type || !ts.isTypeReferenceNode(type) || type.typeName.getText() !== 'Words') return undefined;
  const [argument] = type.typeArguments ?? [];
  return argument && ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal)
    ? argument.literal.text
    : undefined;
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** Names of a file that stand for the words of a namespace. */
function wordsByName(file: ts.SourceFile): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  visit(file, (node) => {
    const isBound = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node);
    const isTyped = ts.isParameter(node) || ts.isPropertySignature(node);
    if (!isBound && !isTyped) return;
    const namespace = isBound ? givenNamespace(node.initializer) : typedNamespace(node.type);
    if (namespace === undefined) return;
    const name = node.name.getText();
    found.set(name, (found.get(name) ?? new Set()).add(namespace));
  });
  return found;
}

/** The keys that an argument can be. */
function readKeys(argument: ts.Expression): string[] {
  const key = unwrapped(argument);
  if (ts.isStringLiteralLike(key)) return [key.text];
  if (ts.isConditionalExpression(key)) return [...readKeys(key.whenTrue), ...readKeys(key.whenFalse)];
  if (ts.isTemplateExpression(key))
    return [key.head.text + key.templateSpans.map(({ literal }) => `*${literal.text}`).join('')];
  return ['*'];
}

const METHODS = new Set(['rich', 'markup', 'raw']);

/** The name that a call is made on: `words` of `words('x')`, `words.rich('x')` and `speech.words('x')`. */
function calledName(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  return METHODS.has(callee.name.text) ? calledName(callee.expression) : callee.name.text;
}

function usesIn(file: ts.SourceFile): string[] {
  const names = wordsByName(file);
  const uses: string[] = [];
  visit(file, (node) => {
    if (!ts.isCallExpression(node)) return;
    const [argument] = node.arguments;
    if (argument === undefined) return;
    const direct = givenNamespace(node.expression);
    const namespaces = direct === undefined ? names.get(calledName(node.expression) ?? '') : [direct];
    for (const namespace of namespaces ?? [])
      uses.push(...readKeys(argument).map((key) => `${namespace}.${key}`));
  });
  return uses;
}

/** Attributes and fields that people read. */
const READ = new Set(
  'aria-label aria-description title placeholder alt label hint error message description term'.split(' '),
);

const CHOICES = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

/** The texts that an expression can be, as far as they stand there. */
function collectTexts(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (ts.isConditionalExpression(node))
    return [...collectTexts(node.whenTrue), ...collectTexts(node.whenFalse)];
  if (ts.isBinaryExpression(node) && CHOICES.has(node.operatorToken.kind))
    return [...collectTexts(node.left), ...collectTexts(node.right)];
  if (ts.isParenthesizedExpression(node)) return collectTexts(node.expression);
  return ts.isJsxExpression(node) ? collectTexts(node.expression) : [];
}

/** Names of keys and code are the same in every language. */
const UNSPOKEN = new Set(['Key', 'code', 'pre', 'kbd']);

const parentTag = (parent: ts.Node) =>
  ts.isJsxElement(parent) ? parent.openingElement.tagName.getText() : '';

function readTexts(node: ts.Node): string[] {
  if (ts.isJsxText(node) || (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent))) {
    if (UNSPOKEN.has(parentTag(node.parent))) return [];
    return ts.isJsxText(node) ? [node.text] : collectTexts(node);
  }
  const isField = ts.isJsxAttribute(node) || ts.isPropertyAssignment(node);
  if (!isField || !READ.has(node.name.getText().replaceAll(/['"]/g, ''))) return [];
  return collectTexts(node.initializer);
}

/** Not the name of the product, nor a key such as `add_site`. */
const isSpoken = (text: string) =>
  /\p{L}{2}/u.test(text.replaceAll('Footfall', '')) && !/^[a-z]+(_[a-z]+)+$/.test(text);

/** Reads a source as text. */
export function readSourceWords(source: string, name = 'source.tsx'): SourceWords {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const texts: string[] = [];
  const imports: string[] = [];
  const typeImports: string[] = [];
  visit(file, (node) => {
    if (ts.isImportDeclaration(node)) {
      const { text } = node.moduleSpecifier as ts.StringLiteral;
      (node.importClause?.isTypeOnly ? typeImports : imports).push(text);
    }
    for (const text of readTexts(node).filter(isSpoken)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      texts.push(`${name}:${line + 1} ${text.trim()}`);
    }
  });
  const [first] = file.statements;
  const directive = first && ts.isExpressionStatement(first) ? first.expression.getText().slice(1, -1) : null;
  const side = directive === 'use client' || directive === 'use server' ? directive : null;
  return { uses: usesIn(file), texts, imports, typeImports, side };
}

/** Reads a file below `root`. */
export const readSourceFile = (root: string, name: string): SourceWords =>
  readSourceWords(readFileSync(path.join(root, name), 'utf8'), name);
