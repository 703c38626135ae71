/** A site whose domain is looked at. Keys that it had before and that are still taken prove it as well. */
export type NamedDomain = { domain: string; siteKey: string; formerKeys?: readonly string[] };

/** What was found of each kind of proof; null where nobody could be asked, which says nothing. */
export type DomainFindings = Readonly<Record<'dns' | 'snippet', boolean | null>>;

/** Looks whether a domain says that it is a site's. Never rejects. */
export type CheckDomain = (site: NamedDomain) => Promise<DomainFindings>;

/** Looks whether a name has this TXT record; null: nobody could be asked. Never rejects. */
export type CheckRecord = (record: { name: string; value: string }) => Promise<boolean | null>;
