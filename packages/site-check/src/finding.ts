/** How bad it is: `error`, nothing is counted; `warning`, perhaps not, or wrongly; `note`, to be known; `good`. */
export type Severity = 'error' | 'warning' | 'note' | 'good';

/** All that a look at a shop's page can find. The portal has a sentence for each: what it is, and what to do. */
export const FINDINGS = {
  found: 'good',
  found_in_code: 'good',
  absent: 'error',
  absent_cached: 'error',
  absent_tag_manager: 'warning',
  absent_bundled: 'warning',
  absent_beyond: 'warning',
  placeholder_key: 'error',
  key_missing: 'error',
  key_typo: 'error',
  key_of_other_site: 'error',
  key_unknown: 'error',
  second_snippet: 'warning',
  second_site: 'note',
  script_address: 'error',
  script_proxied: 'note',
  script_unreachable: 'error',
  script_not_tracker: 'error',
  mixed_content: 'error',
  csp_script: 'error',
  csp_connect: 'error',
  consent_held: 'note',
  script_delayed: 'note',
  shop_password: 'error',
  maintenance: 'error',
  hidden_from_search: 'note',
  redirected_elsewhere: 'error',
  sign_in_needed: 'error',
  bot_wall: 'warning',
  page_forbidden: 'error',
  page_missing: 'error',
  page_failing: 'error',
  page_not_html: 'error',
  not_public: 'warning',
  name_unknown: 'error',
  refused: 'error',
  silent: 'error',
  broken: 'error',
  bad_certificate: 'error',
  redirect_loop: 'error',
  busy: 'warning',
} as const satisfies Record<string, Severity>;

export type FindingCode = keyof typeof FINDINGS;

/** One thing that was found; the values are for its sentence. Never a text of the page, but for names of hosts and keys that look like ours. */
export type Finding = { code: FindingCode; values: Readonly<Record<string, string | number>> };

export const finding = (code: FindingCode, values: Finding['values'] = {}): Finding => ({ code, values });
