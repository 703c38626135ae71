-- What is known of the database's clock: one row. What is deleted for its age goes by `steady`, which does not jump.
CREATE TABLE "clock" (
    "id" INTEGER NOT NULL,
    "latest" TIMESTAMPTZ(3) NOT NULL,
    "steady" TIMESTAMPTZ(3) NOT NULL,
    "set_back_at" TIMESTAMPTZ(3),
    "set_back_ms" BIGINT,

    CONSTRAINT "clock_pkey" PRIMARY KEY ("id")
);
