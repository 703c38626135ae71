-- How much room disks and the database had, so that schedulers and `admin status` can say for how many days it will do. Nothing of a tenant.
CREATE TABLE "space_sample" (
    "host" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "used_bytes" BIGINT NOT NULL,

    CONSTRAINT "space_sample_pkey" PRIMARY KEY ("host", "name", "taken_at")
);
