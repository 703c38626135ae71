// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * @typedef {{ file: string, line: number, found: string, instead: string }} Finding
 * @typedef {{ name: RegExp, instead: string, only?: RegExp }} GivenUpName
 *   `name` is held against declared names, `only` against the file's path from the root
 * @typedef {{ phrase: RegExp, instead: string }} GivenUpPhrase held against comments, texts and pages
 */

/**
 * Words of our own for which the field has one. docs/glossary.md says what the words that we keep mean.
 * @type {readonly GivenUpName[]}
 */
export const GIVEN_UP_NAMES = [
  { name: /^([hH]oldings?|holding[A-Z]\w*)$/, instead: 'assigned partition', only: /^packages\/eventlog\// },
  { name: /^([sS]tretch(es)?|\w+Stretch(es)?)$/, instead: 'fetched range' },
  {
    name: /^(places?|Places?|\w+Places?|placeO?f?)$/,
    instead: 'stream partition',
    only: /^packages\/eventlog\//,
  },
  { name: /^([sS]aid|\w+Said)$/, instead: 'interned value', only: /^packages\/eventstore\// },
  { name: /^([dD]eeds?|\w+Deeds?|\w*Deeds?[A-Z]\w*)$/, instead: 'behavioural filter' },
  { name: /^(LIMBS?|[lL]imbs?|limb[A-Z]\w*|\w+Limbs?)$/, instead: 'digit group' },
  { name: /^([eE]ras?|\w+Eras?)$/, instead: 'generation' },
  { name: /^(\w*News)$/, instead: 'listener' },
  { name: /^(\w*Board)$/, instead: 'store' },
  { name: /^(im)?patien(ce|tly)$/i, instead: 'timeout' },
  { name: /^sparingly$/i, instead: 'throttled log' },
  { name: /^tether\w*$/i, instead: 'the process that it ends with' },
];

/** Names that cannot end in `Of`, since that says whose something is and not what the function does. */
const ENDS_IN_OF = /[a-z]Of$/;

/** What `no` may stand before after `is` or `are`; all else is denied with `not`. */
const AFTER_NO =
  'longer|more|less|later|earlier|larger|smaller|other|such|need|reason|way|doubt|one|limit|answer|use|difference|matter|part of the (figure|answer)';

/** @type {readonly GivenUpPhrase[]} */
export const GIVEN_UP_PHRASES = [
  {
    phrase: new RegExp(
      `(?<!\\b(there|where|here)\\s)\\b(is|are|was|were) no (?!(${AFTER_NO})\\b)[a-z]+`,
      'i',
    ),
    instead: 'is not a …',
  },
  { phrase: /\b(hearsay|reckoned|thereof|wherein|henceforth|nought)\b/i, instead: 'a plain word' },
];

/**
 * The name that a node declares, if it declares one of ours.
 * @param {import('typescript').Node} node
 */
function declaredName(node) {
  const declares =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node);
  return declares && node.name !== undefined && ts.isIdentifier(node.name) ? node.name : null;
}

/** @param {import('typescript').Node} node */
function isFunction(node) {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return true;
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return false;
  return ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer);
}

/**
 * Given-up names that a source declares.
 * @param {string} file path from the root
 * @param {string} text
 * @returns {Finding[]}
 */
export function findNames(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const names = GIVEN_UP_NAMES.filter(({ only }) => only === undefined || only.test(file));
  /** @type {Finding[]} */
  const findings = [];
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    const name = declaredName(node);
    if (name !== null) {
      const line = source.getLineAndCharacterOfPosition(name.getStart(source)).line + 1;
      if (isFunction(node) && ENDS_IN_OF.test(name.text))
        findings.push({ file, line, found: name.text, instead: 'a name that says what the function does' });
      for (const { name: givenUp, instead } of names)
        if (givenUp.test(name.text)) findings.push({ file, line, found: name.text, instead });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

/**
 * Given-up phrases of a source or a page.
 * @param {string} file path from the root
 * @param {string} text
 * @returns {Finding[]}
 */
export function findPhrases(file, text) {
  return text.split('\n').flatMap((line, index) =>
    GIVEN_UP_PHRASES.flatMap(({ phrase, instead }) => {
      const [found] = phrase.exec(line) ?? [];
      return found === undefined ? [] : [{ file, line: index + 1, found, instead }];
    }),
  );
}

/** This list itself, and texts that are not ours. */
const LEFT_OUT = /^(scripts\/lib\/words(\.test)?\.|packages\/client\/src\/schema\.ts|LICENSE)/;

/**
 * @param {string} root
 * @param {readonly string[]} files paths from the root
 * @returns {Finding[]}
 */
export function findGivenUpWords(root, files) {
  return files
    .filter((file) => !LEFT_OUT.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return /\.md$/.test(file)
        ? findPhrases(file, text)
        : [...findNames(file, text), ...findPhrases(file, text)];
    });
}
