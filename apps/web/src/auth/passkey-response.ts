import { z } from 'zod';

// What a browser answers, as JSON. Next to what is read here it says more, which is left out.

const bytes = () =>
  z
    .string()
    .max(16_000)
    .regex(/^[\w-]*$/);
const credential = {
  id: bytes(),
  rawId: bytes(),
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).transform(() => ({})),
};

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

const NEW_PASSKEY = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(),
    attestationObject: bytes(),
    // Those that are not known say nothing to us.
    transports: z
      .array(z.string())
      .max(20)
      .default([])
      .transform((names) => TRANSPORTS.filter((name) => names.includes(name))),
  }),
});

const ASSERTION = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(),
    authenticatorData: bytes(),
    signature: bytes(),
    userHandle: bytes().optional(),
  }),
});

/** A new passkey as a browser hands it over. */
export type NewPasskeyResponse = z.output<typeof NEW_PASSKEY>;
/** What a passkey has signed. */
export type AssertionResponse = z.output<typeof ASSERTION>;

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No JSON is no answer.
    return null;
  }
  const result = schema.safeParse(value);
  return result.success ? result.data : null;
}

/** Reads what a browser answers when a passkey was made; null for anything else. */
export const readNewPasskey = (text: string): NewPasskeyResponse | null => read(NEW_PASSKEY, text);

/** Reads what a browser answers when a passkey has signed; null for anything else. */
export const readAssertion = (text: string): AssertionResponse | null => read(ASSERTION, text);
