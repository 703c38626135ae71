import { apiFailure } from './errors.ts';

/** Longest body of a query, bytes. */
export const MAX_BODY = 64 * 1024;

async function readText(request: Request, most: number): Promise<string> {
  const tooLarge = () => apiFailure('body_too_large', `a query has at most ${most} bytes`);
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge();
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  // Counted while it arrives: a length may be wrong or absent.
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > most) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * The JSON of a request of at most {@link MAX_BODY} bytes.
 * @throws Failure `body_too_large`, `invalid_json`
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request, MAX_BODY);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw apiFailure('invalid_json', 'the body is not valid JSON', { cause });
  }
}
