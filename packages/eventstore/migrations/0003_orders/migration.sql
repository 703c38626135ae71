-- Whose an order number of a site is: a purchase that names it again is a repeat. With the event that holds it, its claim goes.
CREATE TABLE eventstore.order_claim (
    site integer NOT NULL,
    -- UTC day of receipt, counted from 1970: claims end after 400 days.
    day integer NOT NULL,
    -- The first half of the number's SHA-256.
    order_key uuid NOT NULL,
    event_key uuid NOT NULL,
    PRIMARY KEY (site, order_key),
    FOREIGN KEY (site, event_key) REFERENCES eventstore.event (site, event_key)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX order_claim_event_idx ON eventstore.order_claim (site, event_key);
