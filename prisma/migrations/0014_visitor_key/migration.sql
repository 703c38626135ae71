-- From a day on, ids of stated visitors are made with another key: of the installation's secret and the value here.
CREATE TABLE "visitor_key" (
    "from_day" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "visitor_key_pkey" PRIMARY KEY ("from_day")
);
