import generate, { astToString, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { openApiDocument } from './document.ts';
import { COUNTED_PATTERN, COUNTED_UNITS, PROPERTY_PATTERN } from './names.ts';

const HEAD = `// Made from the API's description by \`npm run client-types --workspace apps/web\`; a test fails when it is not current.
`;

/** \`event:props:\${string}\`: as plain text it would swallow the names that stand beside it in unions. */
function propertyType(): ts.TypeNode {
  const { factory } = ts;
  const text = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const span = factory.createTemplateLiteralTypeSpan(text, factory.createTemplateTail(''));
  return factory.createTemplateLiteralType(factory.createTemplateHead('event:props:'), [span]);
}

/** `\${number}d` and its like, for the same reason. */
function countedType(): ts.TypeNode {
  const { factory } = ts;
  const number = factory.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword);
  return factory.createUnionTypeNode(
    COUNTED_UNITS.map((unit) =>
      factory.createTemplateLiteralType(factory.createTemplateHead(''), [
        factory.createTemplateLiteralTypeSpan(number, factory.createTemplateTail(unit)),
      ]),
    ),
  );
}

function transform({ pattern }: SchemaObject & { pattern?: string }): ts.TypeNode | undefined {
  if (pattern === COUNTED_PATTERN) return countedType();
  return pattern === PROPERTY_PATTERN ? propertyType() : undefined;
}

type Document = ReturnType<typeof openApiDocument>;

/** Names of schemas that hold themselves, however deep. */
function recursiveNames({ components: { schemas } }: Document): Set<string> {
  const held = (name: string): string[] =>
    [...JSON.stringify(schemas[name]).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, to = '']) => to);
  const reaches = (from: string, seen = new Set<string>()): Set<string> => {
    for (const name of held(from)) if (!seen.has(name)) reaches(name, seen.add(name));
    return seen;
  };
  return new Set(Object.keys(schemas).filter((name) => reaches(name).has(name)));
}

/** TypeScript takes types that hold themselves as aliases only, not as properties of an interface: these are taken out. */
function takeOut(names: ReadonlySet<string>, nodes: readonly ts.Node[]): ts.Node[] {
  const { factory } = ts;
  const aliases: ts.Node[] = [];
  const visit = (node: ts.Node): ts.Node => {
    if (!ts.isPropertySignature(node) || !ts.isIdentifier(node.name) || !names.has(node.name.text))
      return ts.visitEachChild(node, visit, undefined);
    const { modifiers, name, questionToken, type } = node;
    if (type === undefined) return node;
    aliases.push(factory.createTypeAliasDeclaration(undefined, name.text, undefined, type));
    const alias = factory.createTypeReferenceNode(name.text);
    return factory.updatePropertySignature(node, modifiers, name, questionToken, alias);
  };
  const rest = nodes.map(visit);
  return [...rest, ...aliases];
}

/** The content of the client's schema.ts. */
export async function clientTypes(): Promise<string> {
  const document = structuredClone(openApiDocument('http://127.0.0.1:3000'));
  const nodes = await generate(document as unknown as Parameters<typeof generate>[0], {
    transform,
    // Whoever asks may pass what is readonly, and leaves out what has a default.
    immutable: true,
    defaultNonNullable: false,
  });
  return HEAD + astToString(takeOut(recursiveNames(document), nodes));
}
