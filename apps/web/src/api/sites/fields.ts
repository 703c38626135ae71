import type { z } from 'zod';
import { readJson } from '../body.ts';
import { apiFailure } from '../errors.ts';

const FORMS = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** The fields of a body: JSON, or a form, as Plausible's own examples send it; none of an empty one. */
async function readFields(request: Request): Promise<unknown> {
  if (request.body === null) return {};
  if (!FORMS.test(request.headers.get('content-type') ?? '')) return readJson(request);
  try {
    return Object.fromEntries(await request.formData());
  } catch (cause) {
    throw apiFailure('invalid_json', 'the body is neither JSON nor a form', { cause });
  }
}

type ObjectSchema = z.ZodObject<z.ZodRawShape, z.core.$strict>;

function describeIssue(schema: ObjectSchema, issue: z.core.$ZodIssue): { where: string; message: string } {
  if (issue.code !== 'unrecognized_keys') {
    const where = issue.path.join('.');
    return { where: where === '' ? 'body' : where, message: `${where || 'the body'}: ${issue.message}` };
  }
  const known = Object.keys(schema.shape).join(', ');
  const [name = ''] = issue.keys;
  return { where: name, message: `there is no field ${JSON.stringify(name)}; there are ${known}` };
}

/**
 * A body as its schema reads it.
 * @throws Failure `invalid_parameter`, `invalid_json`, `body_too_large`
 */
export async function readBody<Schema extends ObjectSchema>(
  schema: Schema,
  request: Request,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(await readFields(request));
  if (result.success) return result.data;
  const [first] = result.error.issues;
  if (first === undefined) throw apiFailure('invalid_parameter', 'the body is not as documented');
  const { where, message } = describeIssue(schema, first);
  throw apiFailure('invalid_parameter', message, { where });
}
