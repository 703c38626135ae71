// Made from the API's description by `npm run client-types --workspace apps/web`; a test fails when it is not current.
export interface paths {
    readonly "/api/v1/query": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Metrics of a site, by dimensions */
        readonly post: operations["query"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v2/query": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** The same, with hours, systems and browsers written as Plausible’s Stats API v2 writes them */
        readonly post: operations["queryPlausible"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/funnel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** How many visitors of a day went through steps, in this order */
        readonly post: operations["funnel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/retention": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** How many identified users came back, by the period in which they were first seen */
        readonly post: operations["retention"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/flow": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Which pages were seen directly before and after one, within a visit */
        readonly post: operations["flow"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/embed/query": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** The same for whoever has an embed token: its filters hold for every answer, its reports say what can be asked */
        readonly post: operations["embedQuery"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/account": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The plan of the key’s tenant, and what is used of it */
        readonly get: operations["account"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/{id}/realtime": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Visitors of the last five minutes */
        readonly get: operations["realtime"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/{id}/ledger": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What became of every event that was received on some days */
        readonly get: operations["ledger"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/{id}/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All events of some days, as they were received */
        readonly get: operations["export"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Sites by domain (scope sites) */
        readonly get: operations["listSites"];
        readonly put?: never;
        /** Makes a site, or answers the one of this domain as it is (scope sites) */
        readonly post: operations["createSite"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A site (scope sites) */
        readonly get: operations["readSite"];
        /** Changes what is given of a site (scope sites) */
        readonly put: operations["changeSite"];
        readonly post?: never;
        /** Takes a site away at once; for a week it can be brought back in the portal, then all of it is deleted (scope sites) */
        readonly delete: operations["deleteSite"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/goals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Goals of a site by name (scope sites) */
        readonly get: operations["listGoals"];
        /** Makes a goal, or answers the one that the same reaches as it is (scope sites) */
        readonly put: operations["createGoal"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/goals/{goal}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Removes a goal; what reached it stays in the events (scope sites) */
        readonly delete: operations["deleteGoal"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/funnels": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Funnels of a site by name (scope sites) */
        readonly get: operations["listFunnels"];
        /** Keeps a funnel, or gives the one of this name these steps (scope sites) */
        readonly put: operations["putFunnel"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/funnels/{funnel}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Forgets a funnel; nothing that was counted depends on it (scope sites) */
        readonly delete: operations["deleteFunnel"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/segments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Segments of a site by name (scope sites) */
        readonly get: operations["listSegments"];
        /** Keeps a segment, or gives the one of this name these filters (scope sites) */
        readonly put: operations["putSegment"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sites/segments/{segment}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Forgets a segment; nothing that was counted depends on it (scope sites) */
        readonly delete: operations["deleteSegment"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/stats/aggregate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Totals, as Plausible’s Stats API v1 tells them */
        readonly get: operations["statsAggregate"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/stats/timeseries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Rows of time, as Plausible’s Stats API v1 tells them */
        readonly get: operations["statsTimeseries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/stats/breakdown": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Rows of a dimension, as Plausible’s Stats API v1 tells them */
        readonly get: operations["statsBreakdown"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/stats/realtime/visitors": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Visitors of the last five minutes, as Plausible’s Stats API v1 tells them */
        readonly get: operations["statsRealtime"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document */
        readonly get: operations["openapi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly Metric: components["schemas"]["CountMetric"] | components["schemas"]["RatioMetric"] | components["schemas"]["MoneyMetric"] | components["schemas"]["MeanMoneyMetric"];
        /** @description Metrics that are numbers */
        readonly CountMetric: "visitors" | "visits" | "pageviews" | "events" | "orders" | "items_sold";
        /** @description Metrics that are numbers, or null where there is nothing to divide by */
        readonly RatioMetric: "views_per_visit" | "bounce_rate" | "visit_duration" | "scroll_depth" | "time_on_page" | "exit_rate" | "percentage" | "conversion_rate" | "group_conversion_rate";
        /** @description Metrics that are decimal texts */
        readonly MoneyMetric: "total_revenue" | "refunded_revenue" | "net_revenue";
        /** @description Metrics that are decimal texts, or null where there is nothing to divide by */
        readonly MeanMoneyMetric: "average_revenue";
        readonly TimeDimension: "time" | "time:hour" | "time:day" | "time:week" | "time:month";
        readonly NamedDimension: "event:name" | "event:page" | "event:hostname" | "visit:source" | "visit:referrer" | "visit:channel" | "visit:utm_source" | "visit:utm_medium" | "visit:utm_campaign" | "visit:utm_term" | "visit:utm_content" | "visit:device" | "visit:browser" | "visit:browser_version" | "visit:os" | "visit:os_version" | "visit:screen" | "visit:language" | "visit:country" | "visit:region" | "visit:city" | "visit:entry_page" | "visit:exit_page" | "visit:hostname" | "visit:bot" | "visit:bot_kind" | "visit:entry_page_hostname" | "visit:exit_page_hostname" | "visit:country_name" | "visit:region_name" | "visit:city_name" | "event:goal" | "item:sku" | "item:name" | "item:category";
        /** @description A property of events, by its name: event:props:NAME */
        readonly PropertyDimension: `event:props:${string}`;
        readonly Dimension: components["schemas"]["TimeDimension"] | components["schemas"]["NamedDimension"] | components["schemas"]["PropertyDimension"];
        readonly FilterDimension: components["schemas"]["NamedDimension"] | components["schemas"]["PropertyDimension"];
        readonly NamedRange: "realtime" | "day" | "24h" | "7d" | "28d" | "30d" | "91d" | "month" | "6mo" | "12mo" | "year" | "all";
        /** @description Nh: The last N hours, N from 1 to 9,600; Nd: The N days before today, N from 1 to 5,000; Nmo: The N whole months before this one, N from 1 to 120 */
        readonly CountedRange: `${number}h` | `${number}d` | `${number}mo`;
        readonly DatePair: readonly [
            string,
            string
        ] | readonly [
            string,
            string
        ];
        readonly DateRange: components["schemas"]["NamedRange"] | components["schemas"]["CountedRange"] | components["schemas"]["DatePair"];
        /** @enum {string} */
        readonly SortDirection: "asc" | "desc";
        /**
         * @description matches takes regular expressions in RE2’s syntax, unanchored; a condition holds when it does for any of the values
         * @enum {string}
         */
        readonly TextOperator: "is" | "is_not" | "contains" | "contains_not" | "matches" | "matches_not";
        /** @enum {string} */
        readonly MetricOperator: "is" | "is_not" | "greater_than" | "greater_than_or_equal" | "less_than" | "less_than_or_equal";
        readonly TextFilter: readonly [
            components["schemas"]["TextOperator"],
            components["schemas"]["FilterDimension"],
            readonly (string | number | boolean)[]
        ] | readonly [
            components["schemas"]["TextOperator"],
            components["schemas"]["FilterDimension"],
            readonly (string | number | boolean)[],
            {
                /** @default true */
                readonly case_sensitive?: boolean;
            }
        ];
        readonly AndOrFilter: AndOrFilter;
        readonly NotFilter: NotFilter;
        /** @description Keeps all events of visitors who, on that day, have (or have not) an event that matches */
        readonly DeedFilter: DeedFilter;
        readonly Filter: Filter;
        /** @description Keeps groups whose metric compares so with a number (with one of several for is, none for is_not); at the top of filters only */
        readonly MetricFilter: readonly [
            components["schemas"]["MetricOperator"],
            components["schemas"]["Metric"],
            readonly number[]
        ];
        /** @enum {string} */
        readonly ComparisonMode: "previous_period" | "year_over_year" | "custom";
        readonly Comparison: {
            readonly mode: components["schemas"]["ComparisonMode"];
            /** @description For mode custom only */
            readonly date_range?: components["schemas"]["DatePair"];
            /**
             * @description Move the range so that it begins on the same weekday
             * @default false
             */
            readonly match_day_of_week?: boolean;
        };
        readonly Include: {
            /** @default false */
            readonly total_rows?: boolean;
            /** @default false */
            readonly time_labels?: boolean;
            /**
             * @description Adds days before the site’s own that another product had counted
             * @default false
             */
            readonly imports?: boolean;
            /**
             * @description Lets the range day end with the hour that it is
             * @default false
             */
            readonly trim_relative_date_range?: boolean;
            readonly comparisons?: components["schemas"]["Comparison"];
        };
        readonly Pagination: {
            /** @default 10000 */
            readonly limit?: number;
            /** @default 0 */
            readonly offset?: number;
            /** @description meta.next_cursor of the page before, in place of an offset */
            readonly cursor?: string;
        };
        readonly Query: {
            /** @description Id, site key or domain of the site */
            readonly site_id: string;
            readonly metrics: readonly components["schemas"]["Metric"][];
            readonly date_range: components["schemas"]["DateRange"];
            /** @default [] */
            readonly dimensions?: readonly components["schemas"]["Dimension"][];
            /**
             * @description All must hold
             * @default []
             */
            readonly filters?: readonly (components["schemas"]["Filter"] | components["schemas"]["MetricFilter"])[];
            /** @description Metrics and dimensions of the query; default: time first when it is in front, else the first metric, descending */
            readonly order_by?: readonly (readonly [
                components["schemas"]["Metric"] | components["schemas"]["Dimension"],
                components["schemas"]["SortDirection"]
            ])[];
            readonly include?: components["schemas"]["Include"];
            readonly pagination?: components["schemas"]["Pagination"];
            /**
             * @description Tell in meta.explain what was asked of the report store
             * @default false
             */
            readonly explain?: boolean;
        };
        /** @description Amounts of money are decimal texts; null: nothing to divide by */
        readonly MetricValue: number | string | null;
        readonly ResultRow: {
            readonly dimensions: readonly string[];
            readonly metrics: readonly components["schemas"]["MetricValue"][];
            readonly comparison?: {
                readonly metrics: readonly components["schemas"]["MetricValue"][];
                /** @description Whole percent */
                readonly change: readonly (number | null)[];
            };
        };
        readonly Warning: {
            /** @enum {string} */
            readonly code: "currency_without_rate";
            readonly message: string;
            readonly currencies: readonly string[];
        } | {
            /** @enum {string} */
            readonly code: "groups_cut";
            readonly message: string;
            /** @description So many of the largest groups stand alone; all others are added up as (other) */
            readonly groups: number;
        } | {
            /** @enum {string} */
            readonly code: "values_cut";
            readonly message: string;
            /** @description Some closed days had more values of it than are kept apart: the smallest are added up as (other); a filter on it finds each */
            readonly dimension: string;
        };
        readonly Explanation: {
            /** @description Milliseconds that the answer took */
            readonly ms: number;
            readonly questions: readonly components["schemas"]["ExplainedQuestion"][];
        };
        readonly ExplainedQuestion: {
            /**
             * @description rollUps: totals of closed days; facts: single events
             * @enum {string}
             */
            readonly source: "rollUps" | "facts";
            /** @enum {string} */
            readonly relation: "counts" | "engagement" | "money";
            readonly parts: readonly string[];
            readonly group_by: readonly string[];
            readonly filtered: boolean;
            /** @description Local days that were read */
            readonly days: number;
            /** @description Rows that came back */
            readonly rows: number;
            /** @description Milliseconds, waiting included */
            readonly ms: number;
        };
        readonly QueryMeta: {
            /** @description With include.total_rows: rows without pagination */
            readonly total_rows?: number;
            /** @description With include.time_labels: all buckets of the range */
            readonly time_labels?: readonly string[];
            /** @description With include.imports: days that another product had counted are part of the answer */
            readonly imports_included?: boolean;
            /**
             * @description Why they are not
             * @enum {string}
             */
            readonly imports_skip_reason?: "no_imported_data" | "out_of_range" | "unsupported_query" | "unsupported_interval";
            readonly warnings?: readonly components["schemas"]["Warning"][];
            /** @description For pagination.cursor of the next page; absent on the last */
            readonly next_cursor?: string;
            readonly explain?: components["schemas"]["Explanation"];
            readonly data_through: components["schemas"]["DataThrough"];
            readonly logic_version: components["schemas"]["LogicVersion"];
        };
        readonly QueryAnswer: {
            readonly results: readonly components["schemas"]["ResultRow"][];
            readonly meta: components["schemas"]["QueryMeta"];
            /** @description The query as it was understood */
            readonly query: {
                readonly [key: string]: unknown;
            };
        };
        readonly Meta: {
            readonly data_through: components["schemas"]["DataThrough"];
            readonly logic_version: components["schemas"]["LogicVersion"];
        };
        readonly FunnelStep: string | {
            readonly goal: string;
        } | {
            readonly event: string;
            readonly props?: {
                readonly [key: string]: string;
            };
        } | {
            /** @description Path or pattern, such as /checkout/* */
            readonly page: string;
            readonly props?: {
                readonly [key: string]: string;
            };
        };
        readonly FunnelQuery: {
            readonly site_id: string;
            readonly date_range: components["schemas"]["DateRange"];
            readonly steps: readonly components["schemas"]["FunnelStep"][];
            /**
             * @description All must hold
             * @default []
             */
            readonly filters?: readonly components["schemas"]["Filter"][];
        };
        readonly FunnelAnswer: {
            readonly results: readonly {
                readonly step: number;
                readonly name: string;
                readonly visitors: number;
                /** @description Percent of step 1, to 2 places */
                readonly conversion_rate: number | null;
                /** @description Percent of the step before, to 2 places */
                readonly step_conversion_rate: number | null;
                /** @description Visitors of the step before who did not come this far */
                readonly dropoff: number;
            }[];
            readonly meta: components["schemas"]["Meta"];
            /** @description The question as it was understood */
            readonly query: {
                readonly [key: string]: unknown;
            };
        };
        readonly RetentionQuery: {
            readonly site_id: string;
            readonly date_range: components["schemas"]["DateRange"];
            /**
             * @default week
             * @enum {string}
             */
            readonly period?: "day" | "week" | "month";
            /**
             * @description All must hold
             * @default []
             */
            readonly filters?: readonly components["schemas"]["Filter"][];
        };
        readonly RetentionAnswer: {
            readonly results: readonly {
                /**
                 * Format: date
                 * @description First day of the period of the first visit
                 */
                readonly cohort: string;
                readonly users: number;
                /** @description Users seen in this period, the next, and so on */
                readonly returned: readonly number[];
                /** @description The same in percent of the cohort, to 1 place */
                readonly rates: readonly (number | null)[];
            }[];
            readonly meta: components["schemas"]["Meta"];
            /** @description The question as it was understood */
            readonly query: {
                readonly [key: string]: unknown;
            };
        };
        readonly FlowQuery: {
            readonly site_id: string;
            readonly date_range: components["schemas"]["DateRange"];
            /** @description Path or pattern, such as /blog/** */
            readonly page: string;
            /**
             * @description All must hold
             * @default []
             */
            readonly filters?: readonly components["schemas"]["Filter"][];
            /** @default 10 */
            readonly limit?: number;
        };
        readonly FlowRow: {
            /** @description Path, (entry), (exit), or (other) for all above the limit */
            readonly page: string;
            readonly pageviews: number;
            /** @description Percent of all pageviews on this side, to 1 place */
            readonly share: number | null;
        };
        readonly FlowAnswer: {
            readonly results: {
                readonly before: readonly components["schemas"]["FlowRow"][];
                readonly after: readonly components["schemas"]["FlowRow"][];
            };
            readonly meta: components["schemas"]["Meta"];
            /** @description The question as it was understood */
            readonly query: {
                readonly [key: string]: unknown;
            };
        };
        readonly Realtime: {
            /** @description Visitors of the last 5 minutes */
            readonly visitors: number;
        };
        readonly RejectedCounts: {
            /** @description the event is not valid JSON */
            readonly invalid_json?: number;
            /** @description the event is not an object of the documented shape */
            readonly invalid_event?: number;
            /** @description no site has this key */
            readonly unknown_site?: number;
            /** @description the site is switched off */
            readonly site_disabled?: number;
            /** @description the site does not accept events from this origin */
            readonly origin_not_allowed?: number;
            /** @description url must be an absolute http or https address */
            readonly invalid_url?: number;
            /** @description name must have 1 to 120 characters */
            readonly invalid_name?: number;
            /** @description the time must be epoch milliseconds or ISO 8601 */
            readonly invalid_timestamp?: number;
            /** @description the event is older than the site accepts */
            readonly too_old?: number;
            /** @description the event lies more than one hour ahead */
            readonly in_future?: number;
            /** @description an event older than 48 hours needs a visitor, since the salts of that day are gone */
            readonly visitor_required?: number;
            /** @description at most 30 props an event */
            readonly too_many_props?: number;
            /** @description a prop name has at most 300 and a value at most 2,000 characters */
            readonly prop_too_long?: number;
            /** @description amounts are decimal strings such as "12.34" */
            readonly invalid_revenue?: number;
            /** @description currency must be an ISO 4217 code */
            readonly unknown_currency?: number;
            /** @description the plan of this site is used up */
            readonly over_quota?: number;
            /** @description too many events at once */
            readonly rate_limited?: number;
            /** @description the site excludes this address */
            readonly blocked_ip?: number;
            /** @description the site excludes this page */
            readonly blocked_page?: number;
            /** @description the site excludes this hostname */
            readonly excluded_hostname?: number;
        };
        /** @description received = stored + duplicate + sum of rejected + pending, at every moment */
        readonly Ledger: {
            readonly received: number;
            readonly stored: number;
            readonly duplicate: number;
            readonly rejected: components["schemas"]["RejectedCounts"];
            /** @description On their way */
            readonly pending: number;
            /** @description Part of stored */
            readonly bots: number;
            /** @description Part of stored: taken out again by remove-events; absent when nothing was */
            readonly removed?: number;
        };
        readonly NewSite: {
            /** @description Domain of the shop */
            readonly domain: string;
            /** @description IANA name, such as Europe/Berlin; Etc/UTC unless said */
            readonly timezone?: string;
            /** @description ISO 4217; EUR unless said */
            readonly currency?: string;
        };
        readonly SiteChange: {
            /** @description IANA name; history is counted anew, then it is in force */
            readonly timezone?: string;
            /** @description ISO 4217 */
            readonly currency?: string;
            /**
             * @description Of the charts in the portal
             * @enum {string}
             */
            readonly week_start?: "monday" | "sunday" | "saturday";
            /** @description Months that events are kept for, up to those of the plan; null: as long as the installation keeps them. What lies before is deleted the next night */
            readonly retention_months?: number | string | null;
            /** @description Switches the site off or on */
            readonly enabled?: boolean | ("true" | "false");
        };
        readonly ManagedSite: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Public: stands in the snippet */
            readonly site_key: string;
            /** @description Without www., in ASCII */
            readonly domain: string;
            /** @description IANA name; while another is being counted for, the one in force */
            readonly timezone: string;
            /** @description ISO 4217 */
            readonly currency: string;
            /**
             * @description Of the charts in the portal; the API’s weeks begin on Mondays
             * @enum {string}
             */
            readonly week_start: "monday" | "sunday" | "saturday";
            /** @description Months that its events are kept for; null: as long as the installation keeps them */
            readonly retention_months: number | null;
            /** @description False: its events are refused, its reports stay */
            readonly enabled: boolean;
            /** @description The line for its pages */
            readonly snippet: string;
        };
        readonly CreatedSite: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Public: stands in the snippet */
            readonly site_key: string;
            /** @description Without www., in ASCII */
            readonly domain: string;
            /** @description IANA name; while another is being counted for, the one in force */
            readonly timezone: string;
            /** @description ISO 4217 */
            readonly currency: string;
            /**
             * @description Of the charts in the portal; the API’s weeks begin on Mondays
             * @enum {string}
             */
            readonly week_start: "monday" | "sunday" | "saturday";
            /** @description Months that its events are kept for; null: as long as the installation keeps them */
            readonly retention_months: number | null;
            /** @description False: its events are refused, its reports stay */
            readonly enabled: boolean;
            /** @description The line for its pages */
            readonly snippet: string;
            /** @description False: it was there already */
            readonly created: boolean;
        };
        readonly SitePage: {
            readonly sites: readonly components["schemas"]["ManagedSite"][];
            readonly meta: {
                /** @description Of the next page; null on the last */
                readonly after: string | null;
                /** @description Of the page before; null on the first */
                readonly before: string | null;
                readonly limit: number;
            };
        };
        readonly NewGoal: {
            /** @description Id, site key or domain of the site */
            readonly site_id: string;
            /** @enum {string} */
            readonly goal_type: "event" | "page";
            /** @description Of an event */
            readonly event_name?: string;
            /** @description Of a page: a path or a pattern such as /blog/** */
            readonly page_path?: string;
            /** @description Else the name of the event, or Visit and the path */
            readonly display_name?: string;
            /** @description Values that properties must have, by name */
            readonly custom_props?: {
                readonly [key: string]: string;
            };
        };
        readonly ManagedGoal: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Of the site */
            readonly domain: string;
            /** @enum {string} */
            readonly goal_type: "event" | "page";
            /** @description Unique in the site */
            readonly display_name: string;
            /** @description Of an event */
            readonly event_name: string | null;
            /** @description Of a page: a path or a pattern */
            readonly page_path: string | null;
            /** @description Values that properties must have, by name */
            readonly custom_props: {
                readonly [key: string]: string;
            };
        };
        readonly CreatedGoal: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Of the site */
            readonly domain: string;
            /** @enum {string} */
            readonly goal_type: "event" | "page";
            /** @description Unique in the site */
            readonly display_name: string;
            /** @description Of an event */
            readonly event_name: string | null;
            /** @description Of a page: a path or a pattern */
            readonly page_path: string | null;
            /** @description Values that properties must have, by name */
            readonly custom_props: {
                readonly [key: string]: string;
            };
            /** @description False: it was there already */
            readonly created: boolean;
        };
        readonly GoalPage: {
            readonly goals: readonly components["schemas"]["ManagedGoal"][];
            readonly meta: {
                /** @description Of the next page; null on the last */
                readonly after: string | null;
                /** @description Of the page before; null on the first */
                readonly before: string | null;
                readonly limit: number;
            };
        };
        readonly NewFunnel: {
            /** @description Id, site key or domain of the site */
            readonly site_id: string;
            /** @description Unique in the site: a funnel of this name gets these steps */
            readonly name: string;
            /** @description 2 to 8 of them, as those of a funnel that is asked for; goals come back by their ids */
            readonly steps: readonly (string | {
                readonly [key: string]: unknown;
            })[];
        };
        readonly ManagedFunnel: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Of the site */
            readonly domain: string;
            /** @description Unique in the site */
            readonly name: string;
            /** @description 2 to 8 of them, as those of a funnel that is asked for; goals come back by their ids */
            readonly steps: readonly (string | {
                readonly [key: string]: unknown;
            })[];
        };
        readonly CreatedFunnel: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Of the site */
            readonly domain: string;
            /** @description Unique in the site */
            readonly name: string;
            /** @description 2 to 8 of them, as those of a funnel that is asked for; goals come back by their ids */
            readonly steps: readonly (string | {
                readonly [key: string]: unknown;
            })[];
            /** @description False: it was there already */
            readonly created: boolean;
        };
        readonly FunnelPage: {
            readonly funnels: readonly components["schemas"]["ManagedFunnel"][];
            readonly meta: {
                /** @description Of the next page; null on the last */
                readonly after: string | null;
                /** @description Of the page before; null on the first */
                readonly before: string | null;
                readonly limit: number;
            };
        };
        readonly NewSegment: {
            /** @description Id, site key or domain of the site */
            readonly site_id: string;
            /** @description Unique in the site: a segment of this name gets these filters */
            readonly name: string;
            /** @description At least one, as those of a query; none compares a metric */
            readonly filters: readonly unknown[];
        };
        readonly ManagedSegment: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Of the site */
            readonly domain: string;
            /** @description Unique in the site */
            readonly name: string;
            /** @description At least one, as those of a query; none compares a metric */
            readonly filters: readonly unknown[];
        };
        readonly CreatedSegment: {
            /** @description Opaque, for ever */
            readonly id: string;
            /** @description Of the site */
            readonly domain: string;
            /** @description Unique in the site */
            readonly name: string;
            /** @description At least one, as those of a query; none compares a metric */
            readonly filters: readonly unknown[];
            /** @description False: it was there already */
            readonly created: boolean;
        };
        readonly SegmentPage: {
            readonly segments: readonly components["schemas"]["ManagedSegment"][];
            readonly meta: {
                /** @description Of the next page; null on the last */
                readonly after: string | null;
                /** @description Of the page before; null on the first */
                readonly before: string | null;
                readonly limit: number;
            };
        };
        readonly GoalReference: {
            /** @description Id, site key or domain of the site */
            readonly site_id?: string;
        };
        readonly Deleted: {
            /** @constant */
            readonly deleted: true;
        };
        readonly Account: {
            /** @description Name of the plan, of this version of it */
            readonly plan: string;
            /**
             * @description How the tenant stands with its plan
             * @enum {string}
             */
            readonly state: "free" | "trial" | "active" | "grace" | "restricted" | "ending" | "closed" | "suspended";
            /**
             * Format: date-time
             * @description When the state ends by itself; null: it does not
             */
            readonly until: string | null;
            /** @description Usage is counted from `from` until before `to` */
            readonly period: {
                /** Format: date-time */
                readonly from: string;
                /** Format: date-time */
                readonly to: string;
            };
            readonly usage: {
                /** @description Stored events that are of no bot, this period */
                readonly events: number;
                /** @description Of the plan; null: any number */
                readonly limit: number | null;
                /** @description At the end of the period, if it goes on so; null on its first day */
                readonly forecast: number | null;
            };
            /** @description What the tenant may do now; a limit of null is none */
            readonly entitlements: {
                /** @description Events of all sites in a month */
                readonly events_per_month: number | null;
                /** @description Events of one site a second, for long */
                readonly events_per_second: number | null;
                /** @description Sites */
                readonly sites: number | null;
                /** @description Members of the team, with those who are invited */
                readonly members: number | null;
                /** @description Months for which events are kept */
                readonly retention_months: number | null;
                /** @description Questions of a key an hour */
                readonly queries_per_hour: number | null;
                /** @description Reports are shown */
                readonly dashboards: boolean;
                /** @description Reports inside other pages */
                readonly embeds: boolean;
                /** @description Kibana */
                readonly kibana: boolean;
                /** @description Signing in through the tenant’s own provider */
                readonly sso: boolean;
                /** @description Webhooks */
                readonly webhooks: boolean;
                /** @description Sites by the API */
                readonly sites_api: boolean;
                /** @description Events are taken: billing never stops it */
                readonly collection: boolean;
            };
        };
        readonly StatsTotals: {
            /** @description Each metric by its name */
            readonly results: {
                readonly [key: string]: {
                    readonly value: components["schemas"]["MetricValue"];
                    /** @description With compare: whole percent since the period before */
                    readonly change?: number | null;
                };
            };
        };
        readonly StatsRows: {
            readonly results: readonly {
                readonly [key: string]: string | number | null;
            }[];
        };
        readonly StatsVisitors: number;
        readonly StatsFailure: {
            /** @description What is wrong, for people */
            readonly error: string;
        };
        /**
         * @default csv
         * @enum {string}
         */
        readonly ExportFormat: "csv" | "jsonl" | "parquet";
        /** @description What an event does not have is absent */
        readonly ExportedEvent: {
            /** @description Id of the event */
            readonly id: string;
            /** @description Its name, such as pageview */
            readonly name: string;
            /**
             * Format: date-time
             * @description When it happened, with the offset of the site’s zone
             */
            readonly occurred_at: string;
            /**
             * Format: date-time
             * @description When it came in
             */
            readonly received_at: string;
            /** @description Who it was on that day; another text on every day */
            readonly visitor: string;
            /** @description Who it was across days, where you said so */
            readonly user?: string;
            /** @description Address as it was sent */
            readonly url: string;
            /** @description Its host, without www. */
            readonly hostname: string;
            /** @description Its path */
            readonly page: string;
            /** @description Title of the page */
            readonly title?: string;
            /** @description Address of the page before */
            readonly referrer?: string;
            /** @description Where this event came from by itself, whatever its visit says */
            readonly source?: string;
            /** @description The same, as a channel */
            readonly channel?: string;
            /** @description Campaign source of its address */
            readonly utm_source?: string;
            /** @description Campaign medium of its address */
            readonly utm_medium?: string;
            /** @description Campaign of its address */
            readonly utm_campaign?: string;
            /** @description Campaign term of its address */
            readonly utm_term?: string;
            /** @description Campaign content of its address */
            readonly utm_content?: string;
            /** @description Device */
            readonly device?: string;
            /** @description Browser */
            readonly browser?: string;
            /** @description Its version */
            readonly browser_version?: string;
            /** @description Operating system */
            readonly os?: string;
            /** @description Its version */
            readonly os_version?: string;
            /** @description Size of the screen */
            readonly screen?: string;
            /** @description Language */
            readonly language?: string;
            /** @description Country, ISO 3166-1 */
            readonly country?: string;
            /** @description Region */
            readonly region?: string;
            /** @description City */
            readonly city?: string;
            /** @description What kind of bot it is */
            readonly bot_kind?: string;
            /** @description A bot: not in reports unless asked for */
            readonly bot?: boolean;
            /** @description It ends a bounce */
            readonly interactive?: boolean;
            /** @description Its properties; JSON in a CSV */
            readonly props?: {
                readonly [key: string]: string;
            };
            /** @description Amount, decimal text as it was sent */
            readonly revenue_amount?: string;
            /** @description Currency of the amount, ISO 4217 */
            readonly revenue_currency?: string;
            /** @description Order number */
            readonly order?: string;
            /** @description Items of the order; JSON in a CSV */
            readonly items?: readonly {
                readonly sku: string;
                readonly name?: string;
                readonly category?: string;
                readonly price?: string;
                readonly quantity: number;
            }[];
            /** @description Scroll depth in percent, of engagement */
            readonly scroll?: number;
            /** @description Engaged time in milliseconds, of engagement */
            readonly engaged_ms?: number;
            /** @description User agent that device, browser and system were read from */
            readonly user_agent?: string;
            /** @description Model that the browser told beside it */
            readonly device_model?: string;
            /** @description Version of the system that it told beside it */
            readonly platform_version?: string;
            /** @description Network that the place was looked up by, /24 or /48: no address of anybody */
            readonly network?: string;
        };
        /**
         * Format: date-time
         * @description Every event that was received before is in the answer
         */
        readonly DataThrough: string;
        /** @description Changes when the same events are counted in another way */
        readonly LogicVersion: string;
        readonly Failure400: {
            readonly error: {
                readonly code: "invalid_query" | "unknown_field" | "invalid_metrics" | "invalid_date_range" | "invalid_dimensions" | "invalid_filter" | "invalid_order_by" | "invalid_include" | "invalid_pagination" | "invalid_steps" | "invalid_period" | "invalid_page" | "too_many_buckets" | "invalid_json" | "invalid_site_id" | "invalid_parameter" | "filter_too_complex" | "invalid_domain" | "invalid_timezone" | "unknown_currency" | "invalid_name" | "invalid_goal" | "invalid_retention" | "invalid_funnel" | "invalid_segment" | "too_many_wildcards" | "too_many_rows";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure401: {
            readonly error: {
                readonly code: "unauthorized" | "token_missing" | "token_malformed" | "token_algorithm" | "token_type" | "token_key_unknown" | "token_signature" | "token_audience" | "token_expired" | "token_not_yet_valid" | "token_too_long_lived" | "token_claims";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure402: {
            readonly error: {
                readonly code: "payment_required" | "plan_limit";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure403: {
            readonly error: {
                readonly code: "forbidden" | "wrong_origin" | "site_not_in_token" | "report_not_in_token" | "report_not_allowed";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure404: {
            readonly error: {
                readonly code: "unknown_site" | "unknown_goal" | "unknown_funnel" | "unknown_segment" | "not_found";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure405: {
            readonly error: {
                readonly code: "method_not_allowed";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure409: {
            readonly error: {
                readonly code: "goal_name_taken" | "name_taken" | "too_many";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure413: {
            readonly error: {
                readonly code: "body_too_large";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure429: {
            readonly error: {
                readonly code: "rate_limited" | "too_many_of_network" | "too_many_questions";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure500: {
            readonly error: {
                readonly code: "internal";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
        readonly Failure503: {
            readonly error: {
                readonly code: "query_timeout" | "report_store_unavailable" | "unavailable";
                /** @description What is wrong and what is possible, for people */
                readonly message: string;
                /** @description Where, such as filters[0][1] */
                readonly path?: string;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly query: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an answer that is known */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Query"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueryAnswer"];
                };
            };
            /** @description What is known still stands */
            readonly 304: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly queryPlausible: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an answer that is known */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Query"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueryAnswer"];
                };
            };
            /** @description What is known still stands */
            readonly 304: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly funnel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an answer that is known */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FunnelQuery"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FunnelAnswer"];
                };
            };
            /** @description What is known still stands */
            readonly 304: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly retention: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an answer that is known */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RetentionQuery"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RetentionAnswer"];
                };
            };
            /** @description What is known still stands */
            readonly 304: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly flow: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an answer that is known */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FlowQuery"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FlowAnswer"];
                };
            };
            /** @description What is known still stands */
            readonly 304: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly embedQuery: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETag of an answer that is known */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Query"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueryAnswer"];
                };
            };
            /** @description What is known still stands */
            readonly 304: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    /** @description Of all of the answer but data_through */
                    readonly ETag?: string;
                    /** @description As meta.data_through */
                    readonly "X-Data-Through"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly account: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The plan */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Account"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly realtime: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id, site key or domain of the site */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Now */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Realtime"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly ledger: {
        readonly parameters: {
            readonly query?: {
                /** @description First local day */
                readonly from?: string;
                /** @description Last local day, inclusive */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id, site key or domain of the site */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The ledger */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Ledger"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly export: {
        readonly parameters: {
            readonly query: {
                /** @description First local day */
                readonly from: string;
                /** @description Last local day, inclusive */
                readonly to: string;
                /** @description csv with a row of names, one JSON object a line, or a Parquet file */
                readonly format?: components["schemas"]["ExportFormat"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Id, site key or domain of the site */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Events in the order of their days, streamed: a row or a line each */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/csv": string;
                    readonly "application/x-ndjson": components["schemas"]["ExportedEvent"];
                    readonly "application/vnd.apache.parquet": string;
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly listSites: {
        readonly parameters: {
            readonly query?: {
                /** @description meta.after of the page before */
                readonly after?: string;
                /** @description meta.before of the page after */
                readonly before?: string;
                /** @description Rows of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SitePage"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly createSite: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewSite"];
                readonly "application/x-www-form-urlencoded": components["schemas"]["NewSite"];
                readonly "multipart/form-data": components["schemas"]["NewSite"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedSite"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly readSite: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id, site key or domain of the site */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ManagedSite"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly changeSite: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id, site key or domain of the site */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SiteChange"];
                readonly "application/x-www-form-urlencoded": components["schemas"]["SiteChange"];
                readonly "multipart/form-data": components["schemas"]["SiteChange"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ManagedSite"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly deleteSite: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id, site key or domain of the site */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly listGoals: {
        readonly parameters: {
            readonly query: {
                /** @description Id, site key or domain of the site */
                readonly site_id: string;
                /** @description meta.after of the page before */
                readonly after?: string;
                /** @description meta.before of the page after */
                readonly before?: string;
                /** @description Rows of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GoalPage"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly createGoal: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewGoal"];
                readonly "application/x-www-form-urlencoded": components["schemas"]["NewGoal"];
                readonly "multipart/form-data": components["schemas"]["NewGoal"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedGoal"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly deleteGoal: {
        readonly parameters: {
            readonly query?: {
                /** @description Id, site key or domain of the site */
                readonly site_id?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the goal */
                readonly goal: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["GoalReference"];
                readonly "application/x-www-form-urlencoded": components["schemas"]["GoalReference"];
                readonly "multipart/form-data": components["schemas"]["GoalReference"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly listFunnels: {
        readonly parameters: {
            readonly query: {
                /** @description Id, site key or domain of the site */
                readonly site_id: string;
                /** @description meta.after of the page before */
                readonly after?: string;
                /** @description meta.before of the page after */
                readonly before?: string;
                /** @description Rows of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FunnelPage"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly putFunnel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewFunnel"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedFunnel"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly deleteFunnel: {
        readonly parameters: {
            readonly query?: {
                /** @description Id, site key or domain of the site */
                readonly site_id?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the funnel */
                readonly funnel: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["GoalReference"];
                readonly "application/x-www-form-urlencoded": components["schemas"]["GoalReference"];
                readonly "multipart/form-data": components["schemas"]["GoalReference"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly listSegments: {
        readonly parameters: {
            readonly query: {
                /** @description Id, site key or domain of the site */
                readonly site_id: string;
                /** @description meta.after of the page before */
                readonly after?: string;
                /** @description meta.before of the page after */
                readonly before?: string;
                /** @description Rows of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SegmentPage"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly putSegment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewSegment"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedSegment"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly deleteSegment: {
        readonly parameters: {
            readonly query?: {
                /** @description Id, site key or domain of the site */
                readonly site_id?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the segment */
                readonly segment: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["GoalReference"];
                readonly "application/x-www-form-urlencoded": components["schemas"]["GoalReference"];
                readonly "multipart/form-data": components["schemas"]["GoalReference"];
            };
        };
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Deleted"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure400"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure401"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure402"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure403"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure404"];
                };
            };
            /** @description Not beside what there is */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure409"];
                };
            };
            /** @description Too large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure413"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure429"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure500"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Failure503"];
                };
            };
        };
    };
    readonly statsAggregate: {
        readonly parameters: {
            readonly query: {
                /** @description Id, site key or domain of the site */
                readonly site_id: string;
                /** @description day, month, year, all, custom, or a number of days or months before the date such as 7d, 30d, 6mo, 12mo */
                readonly period?: string;
                /** @description The day that the period is of or counted back from, else today; for custom two days with a comma */
                readonly date?: string;
                /** @description Names with commas */
                readonly metrics?: string;
                /** @description Such as visit:browser==Firefox;event:page==/a|/blog/** */
                readonly filters?: string;
                /** @description Adds days before the site’s own that another product had counted */
                readonly with_imported?: boolean;
                /** @description Adds how they changed */
                readonly compare?: "previous_period";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsTotals"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
        };
    };
    readonly statsTimeseries: {
        readonly parameters: {
            readonly query: {
                /** @description Id, site key or domain of the site */
                readonly site_id: string;
                /** @description day, month, year, all, custom, or a number of days or months before the date such as 7d, 30d, 6mo, 12mo */
                readonly period?: string;
                /** @description The day that the period is of or counted back from, else today; for custom two days with a comma */
                readonly date?: string;
                /** @description Names with commas */
                readonly metrics?: string;
                /** @description Such as visit:browser==Firefox;event:page==/a|/blog/** */
                readonly filters?: string;
                /** @description Adds days before the site’s own that another product had counted */
                readonly with_imported?: boolean;
                /** @description Else hours of a day, months of months, and days; date is day */
                readonly interval?: "hour" | "day" | "date" | "week" | "month";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsRows"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
        };
    };
    readonly statsBreakdown: {
        readonly parameters: {
            readonly query: {
                /** @description Id, site key or domain of the site */
                readonly site_id: string;
                /** @description day, month, year, all, custom, or a number of days or months before the date such as 7d, 30d, 6mo, 12mo */
                readonly period?: string;
                /** @description The day that the period is of or counted back from, else today; for custom two days with a comma */
                readonly date?: string;
                /** @description Names with commas */
                readonly metrics?: string;
                /** @description Such as visit:browser==Firefox;event:page==/a|/blog/** */
                readonly filters?: string;
                /** @description Adds days before the site’s own that another product had counted */
                readonly with_imported?: boolean;
                /** @description The dimension */
                readonly property: components["schemas"]["FilterDimension"];
                /** @description Rows */
                readonly limit?: number;
                /** @description Which rows, counted from 1 */
                readonly page?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsRows"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
        };
    };
    readonly statsRealtime: {
        readonly parameters: {
            readonly query: {
                /** @description Id, site key or domain of the site */
                readonly site_id: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A number alone */
            readonly 200: {
                headers: {
                    /** @description Questions an hour of this key; absent on plans without a limit */
                    readonly "RateLimit-Limit"?: number;
                    /** @description Questions left; absent on plans without a limit */
                    readonly "RateLimit-Remaining"?: number;
                    /** @description Seconds until all are there again; absent on plans without a limit */
                    readonly "RateLimit-Reset"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsVisitors"];
                };
            };
            /** @description The question is wrong; path says where */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No key, or none that is known */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this plan, or not until it is paid */
            readonly 402: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not with this key */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description No such site */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Too many questions in this hour, or at once */
            readonly 429: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Our mistake */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
            /** @description Not now: ask the same again */
            readonly 503: {
                headers: {
                    /** @description Seconds to wait */
                    readonly "Retry-After"?: number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsFailure"];
                };
            };
        };
    };
    readonly openapi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenAPI 3.1 */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
        };
    };
}
type AndOrFilter = readonly [
    "and" | "or",
    readonly components["schemas"]["Filter"][]
];
type NotFilter = readonly [
    "not",
    components["schemas"]["Filter"]
];
type DeedFilter = readonly [
    "has_done" | "has_not_done",
    components["schemas"]["Filter"]
];
type Filter = components["schemas"]["TextFilter"] | components["schemas"]["AndOrFilter"] | components["schemas"]["NotFilter"] | components["schemas"]["DeedFilter"];
