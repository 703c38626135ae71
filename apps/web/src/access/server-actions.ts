import type { Action } from '@footfall/core/access/permission';

export type ServerAction = {
  /** What whoever sends the form must be allowed to do; `account`: be signed in, as staff or in any team; `everyone`: nothing. */
  admission: 'everyone' | 'account' | Action;
  /** The audit entry that it leaves; null: it changes nothing of a tenant. */
  audit: string | null;
  /** Whoever sends it has proved lately who they are: a session that was left open, or was stolen, does not do. */
  needsProof?: true;
};

/**
 * Every server action by its file and name. The wrapper (action.ts) asks it, and a test fails when it and the exports of files
 * with 'use server' differ. Next makes an address of each of them, so each has to ask for itself.
 */
export const SERVER_ACTIONS = {
  'auth/actions.signIn': { admission: 'everyone', audit: null },
  'auth/actions.signInWithCode': { admission: 'everyone', audit: null },
  'auth/actions.signUp': { admission: 'everyone', audit: 'tenant.create' },
  'auth/actions.signOut': { admission: 'everyone', audit: null },
  'account/password-actions.requestReset': { admission: 'everyone', audit: 'user.request_reset' },
  'account/password-actions.saveNewPassword': { admission: 'everyone', audit: 'user.reset_password' },
  'account/verify-actions.confirmEmail': { admission: 'everyone', audit: 'user.verify_email' },
  'account/verify-actions.sendVerification': { admission: 'account', audit: 'user.send_verification' },
  'account/session-actions.endSessionOfList': { admission: 'account', audit: 'user.end_session' },
  'account/session-actions.endOtherSessions': { admission: 'account', audit: 'user.end_sessions' },
  'team/member-actions.inviteMember': { admission: 'team.manage', audit: 'member.invite', needsProof: true },
  'team/member-actions.withdrawInvitation': { admission: 'team.manage', audit: 'member.withdraw_invitation' },
  'team/member-actions.changeMember': { admission: 'team.manage', audit: 'member.change', needsProof: true },
  'team/member-actions.removeMember': { admission: 'team.manage', audit: 'member.remove', needsProof: true },
  'team/member-actions.ruleSecondFactor': {
    admission: 'team.manage',
    audit: 'tenant.update',
    needsProof: true,
  },
  'team/member-actions.chooseTeam': { admission: 'account', audit: null },
  'team/member-actions.leaveTeam': { admission: 'account', audit: null },
  'team/invitation-actions.acceptInvitation': { admission: 'account', audit: null },
  'team/invitation-actions.joinTeam': { admission: 'everyone', audit: 'member.add' },
  'account/own-password-actions.changePassword': { admission: 'account', audit: 'user.change_password' },
  'account/proof-actions.proveSelf': { admission: 'account', audit: 'user.prove' },
  'account/second-factor-actions.beginSecondFactor': {
    admission: 'account',
    audit: 'user.begin_second_factor',
    needsProof: true,
  },
  'account/second-factor-actions.confirmSecondFactor': {
    admission: 'account',
    audit: 'user.add_second_factor',
    needsProof: true,
  },
  'account/second-factor-actions.renewCodes': {
    admission: 'account',
    audit: 'user.renew_recovery_codes',
    needsProof: true,
  },
  'account/second-factor-actions.switchOff': {
    admission: 'account',
    audit: 'user.remove_second_factor',
    needsProof: true,
  },
  'sites/actions.addSite': { admission: 'site.create', audit: 'site.create' },
  'setup/setup-actions.choosePlatform': { admission: 'site.configure', audit: 'site.set_up' },
  'setup/setup-actions.goToStep': { admission: 'site.configure', audit: 'site.set_up' },
  'sites/page-actions.checkPage': { admission: 'site.configure', audit: 'site.check_page' },
  'settings/site-actions.updateSite': { admission: 'site.configure', audit: 'site.update' },
  'settings/domain-actions.checkDomain': { admission: 'site.configure', audit: 'site.check_domain' },
  'settings/intake-actions.updateIntake': { admission: 'site.configure', audit: 'site.update' },
  'settings/removal-actions.requestRemoval': { admission: 'events.remove', audit: 'events.preview_removal' },
  'settings/removal-actions.confirmRemoval': { admission: 'events.remove', audit: 'events.remove' },
  'settings/removal-actions.cancelRemoval': { admission: 'events.remove', audit: 'events.cancel_removal' },
  'goals/goal-actions.createGoal': { admission: 'analysis.edit', audit: 'goal.create' },
  'goals/goal-actions.renameGoal': { admission: 'analysis.edit', audit: 'goal.update' },
  'goals/goal-actions.removeGoal': { admission: 'analysis.edit', audit: 'goal.remove' },
  'goals/funnel-actions.createFunnel': { admission: 'analysis.edit', audit: 'funnel.create' },
  'goals/funnel-actions.removeFunnel': { admission: 'analysis.edit', audit: 'funnel.remove' },
  'goals/segment-actions.createSegment': { admission: 'analysis.edit', audit: 'segment.create' },
  'goals/segment-actions.removeSegment': { admission: 'analysis.edit', audit: 'segment.remove' },
  'goals/copy-actions.copyToSite': { admission: 'analysis.edit', audit: 'analysis.copy' },
  'settings/key-actions.createApiKey': {
    admission: 'keys.manage',
    audit: 'api_key.create',
    needsProof: true,
  },
  'settings/key-actions.revokeApiKey': { admission: 'keys.manage', audit: 'api_key.revoke' },
} as const satisfies Record<string, ServerAction>;

export type ServerActionName = keyof typeof SERVER_ACTIONS;

/** Actions of those who need not be signed in. */
export type PublicActionName = {
  [N in ServerActionName]: (typeof SERVER_ACTIONS)[N]['admission'] extends 'everyone' ? N : never;
}[ServerActionName];

/** Actions of whoever is signed in. */
export type AccountActionName = {
  [N in ServerActionName]: (typeof SERVER_ACTIONS)[N]['admission'] extends 'account' ? N : never;
}[ServerActionName];

/** Actions of members. */
export type MemberActionName = Exclude<ServerActionName, PublicActionName | AccountActionName>;
