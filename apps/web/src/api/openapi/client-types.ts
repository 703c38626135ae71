import generate, { astToString, type SchemaObject } from 'openapi-typescript';
import ts from 'typescript';
import { openApiDocument } from './document.ts';
import { PROPERTY_PATTERN } from './names.ts';

const HEAD = `// Made from the API's description by \`npm run client-types --workspace apps/web\`; a test fails when it is not current.
`;

/** \`event:props:\${string}\`: as plain text it would swallow the names that stand beside it in unions. */
function propertyType(): ts.TypeNode {
  const { factory } = ts;
  const text = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const span = factory.createTemplateLiteralTypeSpan(text, factory.createTemplateTail(''));
  return factory.createTemplateLiteralType(factory.createTemplateHead('event:props:'), [span]);
}

function transform({ pattern }: SchemaObject & { pattern?: string }): ts.TypeNode | undefined {
  return pattern === PROPERTY_PATTERN ? propertyType() : undefined;
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
  return HEAD + astToString(nodes);
}
