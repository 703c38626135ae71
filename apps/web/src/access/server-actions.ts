import type { Action } from '@footfall/core/access/permission';

export type ServerAction = {
  /** What whoever sends the form must be allowed to do; `account`: be signed in, as staff or in any team; `everyone`: nothing. */
  admission: 'everyone' | 'account' | Action;
  /** The audit entry that it leaves; null: it changes nothing of a tenant. */
  audit: string | null;
  /** Whoever sends it has proved lately who they are: a session that was left open, or was stolen, does not do. */
  needsProof?: true;
  /** Also in a session that a tenant's provider has begun: such a one changes nothing else of the account. */
  inTeamSession?: true;
};

/**
 * Every server action by its file and name. The wrapper (action.ts) asks it, and a test fails when it and the exports of files
 * with 'use server' differ. Next makes an address of each of them, so each has to ask for itself.
 */
export const SERVER_ACTIONS = {
  'auth/actions.signIn': { admission: 'everyone', audit: null },
  'auth/actions.signInWithCode': { admission: 'everyone', audit: null },
  'auth/passkey-actions.askPasskey': { admission: 'everyone', audit: null },
  'auth/passkey-actions.signInWithPasskey': { admission: 'everyone', audit: null },
  'auth/passkey-actions.askSecondPasskey': { admission: 'everyone', audit: null },
  'auth/passkey-actions.signInWithSecondPasskey': { admission: 'everyone', audit: null },
  'auth/actions.signUp': { admission: 'everyone', audit: 'tenant.create' },
  'auth/actions.signOut': { admission: 'everyone', audit: null },
  'account/link-actions.requestLink': { admission: 'everyone', audit: 'user.request_sign_in_link' },
  'account/link-actions.signInWithLink': { admission: 'everyone', audit: null },
  'auth/provider-actions.signInWithProvider': { admission: 'everyone', audit: null },
  'account/provider-actions.linkProvider': { admission: 'account', audit: null, needsProof: true },
  'account/provider-actions.proveWithProvider': { admission: 'account', audit: null, inTeamSession: true },
  'account/provider-actions.unlinkProvider': {
    admission: 'account',
    audit: 'user.unlink_provider',
    needsProof: true,
  },
  'account/password-actions.requestReset': { admission: 'everyone', audit: 'user.request_reset' },
  'account/password-actions.saveNewPassword': { admission: 'everyone', audit: 'user.reset_password' },
  'account/verify-actions.confirmEmail': { admission: 'everyone', audit: 'user.verify_email' },
  'account/verify-actions.sendVerification': { admission: 'account', audit: 'user.send_verification' },
  'account/session-actions.endSessionOfList': {
    admission: 'account',
    audit: 'user.end_session',
    inTeamSession: true,
  },
  'account/session-actions.endOtherSessions': {
    admission: 'account',
    audit: 'user.end_sessions',
    inTeamSession: true,
  },
  'team/member-actions.inviteMember': { admission: 'team.manage', audit: 'member.invite', needsProof: true },
  'team/member-actions.withdrawInvitation': { admission: 'team.manage', audit: 'member.withdraw_invitation' },
  'team/member-actions.changeMember': { admission: 'team.manage', audit: 'member.change', needsProof: true },
  'team/member-actions.removeMember': { admission: 'team.manage', audit: 'member.remove', needsProof: true },
  'team/member-actions.ruleSecondFactor': {
    admission: 'team.manage',
    audit: 'tenant.update',
    needsProof: true,
  },
  'team/deletion-actions.deleteTeam': {
    admission: 'tenant.delete',
    audit: 'tenant.delete',
    needsProof: true,
  },
  'team/deletion-actions.keepTeam': { admission: 'account', audit: null },
  'team/transfer-actions.transferTeam': {
    admission: 'tenant.transfer',
    audit: 'tenant.transfer',
    needsProof: true,
  },
  // Its entry is written before there is nobody to be found any more.
  'account/deletion-actions.deleteAccount': { admission: 'account', audit: null, needsProof: true },
  'account/proof-actions.askProofPasskey': { admission: 'account', audit: null },
  'account/proof-actions.proveByPasskey': { admission: 'account', audit: 'user.prove' },
  // What it does is told by itself: whoever has a password is refused.
  'account/proof-actions.mailProof': { admission: 'account', audit: null },
  'account/proof-actions.proveByLink': { admission: 'account', audit: 'user.prove' },
  'team/member-actions.chooseTeam': { admission: 'account', audit: null, inTeamSession: true },
  'team/member-actions.leaveTeam': { admission: 'account', audit: null, inTeamSession: true },
  'team/invitation-actions.acceptInvitation': { admission: 'account', audit: null },
  'team/invitation-actions.joinTeam': { admission: 'everyone', audit: 'member.add' },
  'account/own-password-actions.changePassword': { admission: 'account', audit: 'user.change_password' },
  'account/proof-actions.proveSelf': { admission: 'account', audit: 'user.prove', inTeamSession: true },
  'team/sign-on-actions.saveSignOn': { admission: 'team.manage', audit: 'sign_on.save', needsProof: true },
  'team/sign-on-actions.removeSignOn': {
    admission: 'team.manage',
    audit: 'sign_on.remove',
    needsProof: true,
  },
  'team/sign-on-actions.addDomain': {
    admission: 'team.manage',
    audit: 'sign_on.add_domain',
    needsProof: true,
  },
  'team/sign-on-actions.checkDomain': { admission: 'team.manage', audit: 'sign_on.check_domain' },
  'team/sign-on-actions.removeDomain': {
    admission: 'team.manage',
    audit: 'sign_on.remove_domain',
    needsProof: true,
  },
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
  'account/passkey-actions.beginPasskey': { admission: 'account', audit: null, needsProof: true },
  'account/passkey-actions.addPasskey': { admission: 'account', audit: 'user.add_passkey', needsProof: true },
  'account/passkey-actions.removePasskey': {
    admission: 'account',
    audit: 'user.remove_passkey',
    needsProof: true,
  },
  'account/profile-actions.changeProfile': { admission: 'account', audit: 'user.update' },
  'account/profile-actions.requestEmail': {
    admission: 'account',
    audit: 'user.request_email',
    needsProof: true,
  },
  'account/profile-actions.confirmNewEmail': { admission: 'everyone', audit: 'user.change_email' },
  'sites/actions.addSite': { admission: 'site.create', audit: 'site.create' },
  'setup/setup-actions.choosePlatform': { admission: 'site.configure', audit: 'site.set_up' },
  'setup/setup-actions.goToStep': { admission: 'site.configure', audit: 'site.set_up' },
  'sites/page-actions.checkPage': { admission: 'site.configure', audit: 'site.check_page' },
  'settings/site-actions.updateSite': { admission: 'site.configure', audit: 'site.update' },
  'settings/domain-actions.checkDomain': { admission: 'site.configure', audit: 'site.check_domain' },
  'settings/intake-actions.updateIntake': { admission: 'site.configure', audit: 'site.update' },
  'settings/removal-actions.requestRemoval': { admission: 'events.remove', audit: 'events.preview_removal' },
  'settings/visitor-data-actions.findVisitor': {
    admission: 'events.remove',
    audit: 'events.preview_removal',
  },
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
  'keys/key-actions.createApiKey': { admission: 'keys.manage', audit: 'api_key.create', needsProof: true },
  'keys/key-actions.rotateApiKey': { admission: 'keys.manage', audit: 'api_key.rotate', needsProof: true },
  'keys/key-actions.revokeApiKey': { admission: 'keys.manage', audit: 'api_key.revoke' },
  'settings/further-domain-actions.addDomain': { admission: 'site.configure', audit: 'site.add_domain' },
  'settings/further-domain-actions.removeDomain': {
    admission: 'site.configure',
    audit: 'site.remove_domain',
  },
  'settings/site-key-actions.rotateSiteKey': {
    admission: 'site.configure',
    audit: 'site.rotate_key',
    needsProof: true,
  },
  'settings/site-key-actions.endSiteKey': {
    admission: 'site.configure',
    audit: 'site.end_key',
    needsProof: true,
  },
  'settings/life-actions.switchSite': { admission: 'site.configure', audit: 'site.update' },
  'settings/life-actions.setRetention': {
    admission: 'site.configure',
    audit: 'site.update',
    needsProof: true,
  },
  'settings/move-actions.moveSite': {
    admission: 'site.configure',
    audit: 'site.move_out',
    needsProof: true,
  },
  'settings/life-actions.resetSite': { admission: 'site.configure', audit: 'site.reset', needsProof: true },
  'settings/life-actions.deleteSite': { admission: 'site.configure', audit: 'site.delete', needsProof: true },
  'sites/deleted-actions.undoDeletion': { admission: 'site.configure', audit: 'site.undelete' },
  'team/support-actions.ruleSupport': {
    admission: 'support.rule',
    audit: 'tenant.update',
    needsProof: true,
  },
  // It leaves `support.end` with the tenant that was visited.
  'support/visit-actions.endVisit': { admission: 'account', audit: null },
  // These are of no tenant: they stand in the audit of the platform.
  'operator/settings-actions.changeSignUp': {
    admission: 'platform.operate',
    audit: null,
    needsProof: true,
  },
  'operator/settings-actions.changeNotice': {
    admission: 'platform.operate',
    audit: null,
    needsProof: true,
  },
  'operator/settings-actions.changeFlag': { admission: 'platform.operate', audit: null, needsProof: true },
  'operator/visit-actions.beginVisit': {
    admission: 'platform.operate',
    audit: 'support.begin',
    needsProof: true,
  },
  'operator/suspend-actions.suspend': {
    admission: 'platform.operate',
    audit: 'tenant.suspend',
    needsProof: true,
  },
  'operator/suspend-actions.liftSuspension': {
    admission: 'platform.operate',
    audit: 'tenant.unsuspend',
    needsProof: true,
  },
  'operator/catalog/plan-actions.createPlan': { admission: 'platform.bill', audit: null, needsProof: true },
  'operator/catalog/plan-actions.saveDraft': { admission: 'platform.bill', audit: null, needsProof: true },
  'operator/catalog/plan-actions.changePlan': { admission: 'platform.bill', audit: null, needsProof: true },
  'operator/subscribers/subscriber-actions.addOverride': {
    admission: 'platform.bill',
    audit: null,
    needsProof: true,
  },
  'operator/subscribers/subscriber-actions.endOverride': {
    admission: 'platform.bill',
    audit: null,
    needsProof: true,
  },
  'operator/subscribers/subscriber-actions.giveTrial': {
    admission: 'platform.bill',
    audit: null,
    needsProof: true,
  },
  'operator/subscribers/subscriber-actions.assignPlan': {
    admission: 'platform.bill',
    audit: null,
    needsProof: true,
  },
  'operator/subscribers/subscriber-actions.creditInvoice': {
    admission: 'platform.bill',
    audit: null,
    needsProof: true,
  },
  'operator/subscribers/subscriber-actions.readAgain': {
    admission: 'platform.bill',
    audit: null,
    needsProof: true,
  },
  'operator/coupons/coupon-actions.createCoupon': {
    admission: 'platform.bill',
    audit: null,
    needsProof: true,
  },
  'operator/coupons/coupon-actions.addCode': { admission: 'platform.bill', audit: null, needsProof: true },
  'operator/coupons/coupon-actions.endCoupon': { admission: 'platform.bill', audit: null, needsProof: true },
  'webhooks/webhook-actions.createWebhook': {
    admission: 'keys.manage',
    audit: 'webhook.create',
    needsProof: true,
  },
  'webhooks/webhook-actions.rotateWebhook': {
    admission: 'keys.manage',
    audit: 'webhook.rotate',
    needsProof: true,
  },
  'webhooks/webhook-actions.pingWebhook': { admission: 'keys.manage', audit: 'webhook.ping' },
  'webhooks/webhook-actions.resendDelivery': { admission: 'keys.manage', audit: 'webhook.resend' },
  'webhooks/webhook-actions.switchWebhook': { admission: 'keys.manage', audit: 'webhook.update' },
  'webhooks/webhook-actions.removeWebhook': { admission: 'keys.manage', audit: 'webhook.remove' },
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

/** Actions of the platform's staff. */
export type StaffActionName = {
  [N in ServerActionName]: (typeof SERVER_ACTIONS)[N]['admission'] extends `platform.${string}` ? N : never;
}[ServerActionName];

/** Actions of members. */
export type MemberActionName = Exclude<
  ServerActionName,
  PublicActionName | AccountActionName | StaffActionName
>;
