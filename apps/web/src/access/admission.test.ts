import { TENANT_ROLES, type TenantRole } from '@footfall/core/access/role';
import { describe, expect, it } from 'vitest';
import { API_ROUTES, type ApiAddress } from './api-routes.ts';
import { type Address, type Admission, SCREENS } from './screens.ts';
import { SERVER_ACTIONS, type ServerActionName } from './server-actions.ts';
import { memberMay } from './session.ts';

// Written by hand and not from the table of permissions: a change there shows here as the doors that it opens or shuts.
const ALL: readonly TenantRole[] = TENANT_ROLES;
const READERS: readonly TenantRole[] = ['owner', 'admin', 'editor', 'viewer'];
const EDITORS: readonly TenantRole[] = ['owner', 'admin', 'editor'];
const ADMINS: readonly TenantRole[] = ['owner', 'admin'];

const isOpenTo = (role: TenantRole, admission: Admission, sites: 'all' | string[] = 'all', siteId?: string) =>
  admission === 'everyone' ||
  admission === 'account' ||
  admission === 'member' ||
  memberMay({ role, sites, visit: null }, admission, siteId);

const rolesWith = (admission: Admission) => TENANT_ROLES.filter((role) => isOpenTo(role, admission));

const PAGES: Readonly<Record<Address, readonly TenantRole[]>> = {
  '/': ALL,
  '/account': ALL,
  '/keys': ADMINS,
  '/prove': ALL,
  '/webhooks': ADMINS,
  '/audit': ADMINS,
  '/team': ADMINS,
  '/team/delete': ['owner'],
  '/account/delete': ALL,
  '/team/deleted': ALL,
  '/team/sign-on': ADMINS,
  '/invitations/[token]': ALL,
  '/data-processing': ALL,
  '/sign-in/mail': ALL,
  '/sign-in-link': ALL,
  '/data-processing/agreement': ALL,
  '/demo': ALL,
  '/docs': ALL,
  '/docs/[...slug]': ALL,
  '/sign-in': ALL,
  '/sign-in/second-factor': ALL,
  '/sign-up': ALL,
  '/forgot-password': ALL,
  '/reset-password': ALL,
  '/verify-email': ALL,
  '/change-email': ALL,
  '/sites/[id]': READERS,
  '/sites/[id]/health': READERS,
  '/sites/[id]/goals': EDITORS,
  '/sites/[id]/install': ADMINS,
  '/sites/[id]/settings': ADMINS,
  '/sites/[id]/settings/remove-events': ADMINS,
  '/sites/[id]/settings/domains': ADMINS,
  '/sites/[id]/settings/key': ADMINS,
  '/sites/[id]/settings/life': ADMINS,
  '/sites': ADMINS,
  '/sites/[id]/settings/visitor-data': ADMINS,
  '/sites/new': ADMINS,
  '/internal/components': ALL,
  '/pricing': ALL,
  '/billing': ['owner', 'billing'],
  '/operator/plans': [],
  '/operator/plans/new': [],
  '/operator/plans/[plan]': [],
  '/operator/subscriptions': [],
  '/operator/coupons': [],
  '/operator/subscriptions/[tenant]': [],
  '/operator/health': [],
  '/operator/tenants': [],
  '/operator/tenants/[tenant]': [],
  '/operator/sites': [],
  '/operator/sites/[site]': [],
  '/operator/jobs': [],
  '/operator/settings': [],
  '/operator/audit': [],
  '/operator/mail': [],
  '/operator/mail/[mail]': [],
};

const ROUTES: Readonly<Record<ApiAddress, readonly TenantRole[]>> = {
  '/account/export': ALL,
  '/data-processing/agreement/download': ALL,
  '/sites/[id]/visitor-export': ADMINS,
  '/team/export': ['owner'],
  '/api/[...path]': ALL,
  '/api/auth/[...nextauth]': ALL,
  '/api/v1/openapi.json': ALL,
  '/api/embed/query': ALL,
  '/api/stripe/webhook': ALL,
  '/api/v1/account': ['owner', 'admin', 'billing'],
  '/api/v1/query': READERS,
  '/api/v1/funnel': READERS,
  '/api/v1/retention': READERS,
  '/api/v1/flow': READERS,
  '/api/v1/stats/aggregate': READERS,
  '/api/v1/stats/breakdown': READERS,
  '/api/v1/stats/realtime/visitors': READERS,
  '/api/v1/stats/timeseries': READERS,
  '/api/v1/sites': ADMINS,
  '/api/v1/sites/[id]': ADMINS,
  '/api/v1/sites/goals': EDITORS,
  '/api/v1/sites/goals/[goal]': EDITORS,
  '/api/v1/sites/funnels': EDITORS,
  '/api/v1/sites/funnels/[funnel]': EDITORS,
  '/api/v1/sites/segments': EDITORS,
  '/api/v1/sites/segments/[segment]': EDITORS,
  '/api/v1/sites/[id]/export': READERS,
  '/api/v1/sites/[id]/ledger': READERS,
  '/api/v1/sites/[id]/realtime': READERS,
  '/api/v2/query': READERS,
  '/sign-in/callback/[provider]': ALL,
  '/docs/search.json': ALL,
  '/demo/pulse': ALL,
  '/sites/[id]/pulse': READERS,
};

const FORMS: Readonly<Record<ServerActionName, readonly TenantRole[]>> = {
  'auth/actions.signIn': ALL,
  'auth/actions.signInWithCode': ALL,
  'auth/passkey-actions.askPasskey': ALL,
  'auth/passkey-actions.signInWithPasskey': ALL,
  'auth/passkey-actions.askSecondPasskey': ALL,
  'auth/passkey-actions.signInWithSecondPasskey': ALL,
  'auth/actions.signUp': ALL,
  'auth/actions.signOut': ALL,
  'account/link-actions.requestLink': ALL,
  'account/link-actions.signInWithLink': ALL,
  'auth/provider-actions.signInWithProvider': ALL,
  'team/sign-on-actions.saveSignOn': ADMINS,
  'team/sign-on-actions.removeSignOn': ADMINS,
  'team/sign-on-actions.addDomain': ADMINS,
  'team/sign-on-actions.checkDomain': ADMINS,
  'team/sign-on-actions.removeDomain': ADMINS,
  'account/provider-actions.linkProvider': ALL,
  'account/provider-actions.proveWithProvider': ALL,
  'account/provider-actions.unlinkProvider': ALL,
  'account/password-actions.requestReset': ALL,
  'account/password-actions.saveNewPassword': ALL,
  'account/verify-actions.confirmEmail': ALL,
  'account/verify-actions.sendVerification': ALL,
  'account/session-actions.endSessionOfList': ALL,
  'account/own-password-actions.changePassword': ALL,
  'account/profile-actions.changeProfile': ALL,
  'account/profile-actions.requestEmail': ALL,
  'account/profile-actions.confirmNewEmail': ALL,
  'account/proof-actions.proveSelf': ALL,
  'account/proof-actions.askProofPasskey': ALL,
  'account/proof-actions.proveByPasskey': ALL,
  'account/proof-actions.mailProof': ALL,
  'account/proof-actions.proveByLink': ALL,
  'account/second-factor-actions.beginSecondFactor': ALL,
  'account/second-factor-actions.confirmSecondFactor': ALL,
  'account/second-factor-actions.renewCodes': ALL,
  'account/second-factor-actions.switchOff': ALL,
  'account/passkey-actions.beginPasskey': ALL,
  'account/passkey-actions.addPasskey': ALL,
  'account/passkey-actions.removePasskey': ALL,
  'account/session-actions.endOtherSessions': ALL,
  'team/member-actions.inviteMember': ADMINS,
  'team/member-actions.withdrawInvitation': ADMINS,
  'team/member-actions.changeMember': ADMINS,
  'team/member-actions.removeMember': ADMINS,
  'team/member-actions.ruleSecondFactor': ADMINS,
  'team/member-actions.chooseTeam': ALL,
  'team/member-actions.leaveTeam': ALL,
  'team/deletion-actions.deleteTeam': ['owner'],
  'team/deletion-actions.keepTeam': ALL,
  'team/transfer-actions.transferTeam': ['owner'],
  'account/deletion-actions.deleteAccount': ALL,
  'team/invitation-actions.acceptInvitation': ALL,
  'team/invitation-actions.joinTeam': ALL,
  'sites/actions.addSite': ADMINS,
  'setup/setup-actions.choosePlatform': ADMINS,
  'setup/setup-actions.goToStep': ADMINS,
  'sites/page-actions.checkPage': ADMINS,
  'settings/site-actions.updateSite': ADMINS,
  'settings/domain-actions.checkDomain': ADMINS,
  'settings/intake-actions.updateIntake': ADMINS,
  'settings/removal-actions.requestRemoval': ADMINS,
  'settings/removal-actions.confirmRemoval': ADMINS,
  'settings/visitor-data-actions.findVisitor': ADMINS,
  'settings/removal-actions.cancelRemoval': ADMINS,
  'goals/goal-actions.createGoal': EDITORS,
  'goals/goal-actions.renameGoal': EDITORS,
  'goals/goal-actions.removeGoal': EDITORS,
  'goals/funnel-actions.createFunnel': EDITORS,
  'goals/funnel-actions.removeFunnel': EDITORS,
  'goals/segment-actions.createSegment': EDITORS,
  'goals/segment-actions.removeSegment': EDITORS,
  'goals/copy-actions.copyToSite': EDITORS,
  'keys/key-actions.createApiKey': ADMINS,
  'keys/key-actions.rotateApiKey': ADMINS,
  'keys/key-actions.revokeApiKey': ADMINS,
  'settings/further-domain-actions.addDomain': ADMINS,
  'settings/further-domain-actions.removeDomain': ADMINS,
  'settings/site-key-actions.rotateSiteKey': ADMINS,
  'settings/site-key-actions.endSiteKey': ADMINS,
  'settings/life-actions.switchSite': ADMINS,
  'settings/life-actions.setRetention': ADMINS,
  'settings/move-actions.moveSite': ADMINS,
  'settings/life-actions.resetSite': ADMINS,
  'settings/life-actions.deleteSite': ADMINS,
  'sites/deleted-actions.undoDeletion': ADMINS,
  'team/support-actions.ruleSupport': ['owner'],
  'support/visit-actions.endVisit': ALL,
  'operator/settings-actions.changeSignUp': [],
  'operator/settings-actions.changeNotice': [],
  'operator/settings-actions.changeFlag': [],
  'operator/visit-actions.beginVisit': [],
  'operator/suspend-actions.suspend': [],
  'operator/suspend-actions.liftSuspension': [],
  'operator/catalog/plan-actions.createPlan': [],
  'operator/catalog/plan-actions.saveDraft': [],
  'operator/catalog/plan-actions.changePlan': [],
  'operator/coupons/coupon-actions.createCoupon': [],
  'operator/coupons/coupon-actions.addCode': [],
  'operator/coupons/coupon-actions.endCoupon': [],
  'operator/subscribers/subscriber-actions.addOverride': [],
  'operator/subscribers/subscriber-actions.endOverride': [],
  'operator/subscribers/subscriber-actions.giveTrial': [],
  'operator/subscribers/subscriber-actions.assignPlan': [],
  'operator/subscribers/subscriber-actions.creditInvoice': [],
  'operator/subscribers/subscriber-actions.readAgain': [],
  'webhooks/webhook-actions.createWebhook': ADMINS,
  'webhooks/webhook-actions.rotateWebhook': ADMINS,
  'webhooks/webhook-actions.pingWebhook': ADMINS,
  'webhooks/webhook-actions.resendDelivery': ADMINS,
  'webhooks/webhook-actions.switchWebhook': ADMINS,
  'webhooks/webhook-actions.removeWebhook': ADMINS,
};

const TABLES = [
  { kind: 'page', expected: PAGES, rows: SCREENS },
  { kind: 'route', expected: ROUTES, rows: API_ROUTES },
  { kind: 'action', expected: FORMS, rows: SERVER_ACTIONS },
] as const;

describe.each(TABLES)('each $kind', ({ expected, rows }) => {
  it.each(Object.entries(expected))('%s is open to %j', (name, roles) => {
    const { admission } = (rows as Readonly<Record<string, { admission: Admission }>>)[name] as {
      admission: Admission;
    };
    expect(rolesWith(admission)).toEqual(roles);
  });
});

describe('a member who is limited to some sites', () => {
  it.each([
    { admission: 'reports.read', siteId: 'site_a', open: true },
    { admission: 'reports.read', siteId: 'site_b', open: false },
    { admission: 'site.configure', siteId: 'site_a', open: true },
    { admission: 'site.configure', siteId: 'site_b', open: false },
    { admission: 'analysis.edit', siteId: 'site_b', open: false },
    // Without a site: whether there is one at all, as a menu asks.
    { admission: 'site.configure', siteId: undefined, open: true },
    // What concerns the whole tenant reaches beyond their sites.
    { admission: 'site.create', siteId: undefined, open: false },
    { admission: 'keys.manage', siteId: undefined, open: false },
  ] as const)('finds $admission at $siteId open: $open', ({ admission, siteId, open }) => {
    expect(isOpenTo('owner', admission, ['site_a'], siteId)).toBe(open);
  });

  it('to none has nothing of any site', () => {
    const open = Object.values(SCREENS).filter(
      ({ group, admission }) =>
        group === 'portal' &&
        admission !== 'member' &&
        admission !== 'account' &&
        isOpenTo('owner', admission, []),
    );
    expect(open).toEqual([]);
  });
});
