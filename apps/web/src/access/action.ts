import { PERMISSIONS } from '@footfall/core/access/permission';
import { recordOfUser } from '@footfall/db/account/user-audit';
import type { Actor } from '@footfall/db/tenant/audit';
import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { forbidden, redirect, unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { Asker } from '#auth/credentials.ts';
import { authFailure } from '#auth/errors.ts';
import { nextPath } from '#auth/next-path.ts';
import { noteAction } from '#runtime/request-context.ts';
import { type Services, services } from '#runtime/services.ts';
import { type FormSchema, failedForm, readForm, typedTexts } from './form.ts';
import type { FormState } from './form-state.ts';
import { requireFreshProof } from './fresh-proof.ts';
import { noteRefusal } from './refusal-audit.ts';
import {
  type AccountActionName,
  type MemberActionName,
  type PublicActionName,
  SERVER_ACTIONS,
  type ServerAction,
  type StaffActionName,
} from './server-actions.ts';
import {
  type Account,
  clientOfRequest,
  currentAccount,
  currentAsker,
  currentMember,
  type Member,
  memberMay,
  staffMay,
} from './session.ts';

type MemberContext<Input> = {
  input: Input;
  member: Member;
  /** Who did it, for the audit entry that the repositories write in the same transaction. */
  actor: Actor;
  queueMail: Services['queueMail'];
};

type AccountContext<Input> = { input: Input; account: Account; services: Services; asker: Asker };

type AccountDefinition<Schema extends FormSchema, Extra> = {
  schema: Schema;
  /** Fields that are never sent back. */
  secrets?: readonly string[];
  run: (context: AccountContext<z.output<Schema>>) => Promise<Extra>;
};

type StaffContext<Input> = AccountContext<Input> & {
  /** Who did it, for the audit entries. */
  actor: { id: string; email: string; address: string };
};

type StaffDefinition<Schema extends FormSchema, Extra> = {
  schema: Schema;
  run: (context: StaffContext<z.output<Schema>>) => Promise<Extra>;
};

type PublicContext<Input> = { input: Input; services: Services; asker: Asker };

type MemberDefinition<Schema extends FormSchema, Extra> = {
  schema: Schema;
  /** Fields that are never sent back. */
  secrets?: readonly string[];
  run: (context: MemberContext<z.output<Schema>>) => Promise<Extra>;
};

type PublicDefinition<Schema extends FormSchema, Extra> = {
  schema: Schema;
  /** Fields that are never sent back. */
  secrets: readonly string[];
  run: (context: PublicContext<z.output<Schema>>) => Promise<Extra>;
};

/** The page of ours that a form was sent from, to come back to. */
async function pageOfForm(): Promise<string> {
  const sent = await headers();
  const referer = sent.get('referer');
  if (referer === null || !URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  // A proxy may have lost the host.
  const own = [sent.get('host'), new URL(services().config.webUrl).host];
  return own.includes(host) ? nextPath(pathname + search) : '/';
}

/** Notes that an action begins. What is not a form comes from nobody's browser: it fails before that, as the sender's mistake. */
function noteForm(form: FormData): void {
  if (form instanceof FormData) noteAction();
}

const signedIn = async (): Promise<Account> =>
  (await currentAccount()) ?? redirect(`/sign-in?next=${encodeURIComponent(await pageOfForm())}`);

/** The field that names the site of an action about one. */
const SITE_FIELD = 'site';

function checkDefinition(name: MemberActionName, { shape }: FormSchema): void {
  const { admission } = SERVER_ACTIONS[name];
  if (PERMISSIONS[admission].of === 'site' && !Object.hasOwn(shape, SITE_FIELD))
    throw new Error(`${name} is about one site, so its form needs a field ${SITE_FIELD}`);
}

/** @throws Failure `proof_needed` where the table wants a proof that this session does not have */
function checkProof(
  name: MemberActionName | AccountActionName | StaffActionName,
  session: Account['session'],
): void {
  const { needsProof }: ServerAction = SERVER_ACTIONS[name];
  if (needsProof) requireFreshProof(session);
}

/** @throws Failure `team_session` where a tenant vouched for whoever sends it, and the action is about more than that tenant */
function checkTeamSession(name: AccountActionName, { onlyTenant }: Account['session']): void {
  const { inTeamSession }: ServerAction = SERVER_ACTIONS[name];
  if (onlyTenant !== null && inTeamSession !== true)
    throw authFailure(
      'team_session',
      'you signed in through your team, which changes nothing of your account',
    );
}

/**
 * Runs an action of a member: session, permission, form; what it throws is the caller's to show. Permission is asked twice: before
 * the form is read, so that a stranger learns nothing of it, and at the site that it names.
 */
async function runAsMember<Schema extends FormSchema, Extra>(
  name: MemberActionName,
  { schema, run }: MemberDefinition<Schema, Extra>,
  form: FormData,
): Promise<Extra> {
  noteForm(form);
  const { session } = await signedIn();
  const member = await currentMember();
  const { admission } = SERVER_ACTIONS[name];
  // Who visits looks and changes nothing, whatever the table says one day.
  if (member === null || member.visit !== null || !memberMay(member, admission)) {
    noteRefusal(name);
    forbidden();
  }
  checkProof(name, session);
  const input = readForm(schema, form);
  if (PERMISSIONS[admission].of === 'site') {
    const siteId = String((input as Record<string, unknown>)[SITE_FIELD]);
    if (!memberMay(member, admission, siteId)) forbidden();
  }
  const actor = { id: member.user.id, address: await clientOfRequest() };
  const result = await run({ input, member, actor, queueMail: services().queueMail });
  // The page that the form stands on shows what is so now.
  refresh();
  return result;
}

const logFor = (action: string) => (err: unknown) => services().log.error({ err, action }, 'action failed');

/**
 * A server action that answers what its form shows next: for `useActionState`. `run` does the work, with what the form says by its
 * schema, and answers what the form is to know besides; a failure of it becomes the form's error. See SERVER_ACTIONS for who may.
 */
export function formAction<Schema extends FormSchema, Extra extends object>(
  name: MemberActionName,
  definition: MemberDefinition<Schema, Extra>,
): (state: FormState & Partial<Extra>, form: FormData) => Promise<FormState & Partial<Extra>> {
  checkDefinition(name, definition.schema);
  return async (_, form) => {
    try {
      return await runAsMember(name, definition, form);
    } catch (error) {
      // Redirects and refusals travel as errors.
      unstable_rethrow(error);
      const failed: FormState = failedForm(error, {
        typed: typedTexts(form, definition.secrets ?? []),
        log: logFor(name),
      });
      return failed as FormState & Partial<Extra>;
    }
  };
}

/** A server action after which there is nothing to show but the page as it is then; a failure shows the error page. */
export function buttonAction<Schema extends FormSchema>(
  name: MemberActionName,
  definition: MemberDefinition<Schema, void>,
): (form: FormData) => Promise<void> {
  checkDefinition(name, definition.schema);
  return (form) => runAsMember(name, definition, form);
}

/** As {@link formAction}, for whoever is signed in, in a team or not: what concerns their account. The audits of their tenants are told, where the table says so. */
export function accountAction<Schema extends FormSchema, Extra extends object>(
  name: AccountActionName,
  { schema, secrets = [], run }: AccountDefinition<Schema, Extra>,
): (state: FormState & Partial<Extra>, form: FormData) => Promise<FormState & Partial<Extra>> {
  return async (_, form) => {
    noteForm(form);
    try {
      const account = await signedIn();
      checkTeamSession(name, account.session);
      checkProof(name, account.session);
      const asker = await currentAsker();
      const result = await run({ input: readForm(schema, form), account, services: services(), asker });
      const { audit } = SERVER_ACTIONS[name];
      if (audit !== null)
        await recordOfUser(services().database, account.user, { action: audit, address: asker.client });
      refresh();
      return result;
    } catch (error) {
      unstable_rethrow(error);
      const failed: FormState = failedForm(error, { typed: typedTexts(form, secrets), log: logFor(name) });
      return failed as FormState & Partial<Extra>;
    }
  };
}

/** What a form is answered; one that always goes on to another page answers its state alone. */
type FormAnswer<Extra> = [Extra] extends [never] ? FormState : FormState & Partial<Extra>;

type PublicForm<Extra> = (state: FormAnswer<Extra>, form: FormData) => Promise<FormAnswer<Extra>>;

/** As {@link formAction}, for the platform's staff whose role includes it. `run` writes the audit. */
export function staffAction<Schema extends FormSchema, Extra extends object>(
  name: StaffActionName,
  { schema, run }: StaffDefinition<Schema, Extra>,
): PublicForm<Extra> {
  return async (_, form) => {
    noteForm(form);
    try {
      const account = await signedIn();
      if (!staffMay(account, SERVER_ACTIONS[name].admission)) {
        noteRefusal(name);
        forbidden();
      }
      checkProof(name, account.session);
      const asker = await currentAsker();
      const { id, email } = account.user;
      const actor = { id, email, address: asker.client };
      const input = readForm(schema, form);
      const result = await run({ input, account, services: services(), asker, actor });
      refresh();
      return result as FormAnswer<Extra>;
    } catch (error) {
      unstable_rethrow(error);
      const failed: FormState = failedForm(error, { typed: typedTexts(form, []), log: logFor(name) });
      return failed as FormAnswer<Extra>;
    }
  };
}

/** As {@link formAction}, for those who are not signed in. `asker` is who tries to sign in. */
export function publicFormAction<Schema extends FormSchema, Extra extends object>(
  name: PublicActionName,
  { schema, secrets, run }: PublicDefinition<Schema, Extra>,
): PublicForm<Extra> {
  return async (_, form) => {
    noteForm(form);
    try {
      const asker = await currentAsker();
      return (await run({ input: readForm(schema, form), services: services(), asker })) as FormAnswer<Extra>;
    } catch (error) {
      unstable_rethrow(error);
      const failed: FormState = failedForm(error, { typed: typedTexts(form, secrets), log: logFor(name) });
      return failed as FormAnswer<Extra>;
    }
  };
}

/** A server action of everyone, without a form. */
export function publicAction(_: PublicActionName, run: () => Promise<void>): () => Promise<void> {
  return () => {
    noteAction();
    return run();
  };
}
