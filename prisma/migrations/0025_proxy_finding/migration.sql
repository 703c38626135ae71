-- Proxies in front of a service that are not set up right, as its processes have seen them: the operator is told.
CREATE TABLE "proxy_finding" (
    "service" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "peer" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "proxy_finding_pkey" PRIMARY KEY ("service", "problem", "peer")
);
