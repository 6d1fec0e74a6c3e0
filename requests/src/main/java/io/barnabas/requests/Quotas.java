package io.barnabas.requests;

/** Decides how long a client has to pause because it used more than its share. Any thread asks; the answer comes at once. */
@FunctionalInterface
public interface Quotas {

    /**
     * Counts what a request used.
     *
     * @param amount bytes, or mutations of topics and partitions, as the kind says
     * @return milliseconds of pause, for the answer's field of that name; 0 for none
     */
    int throttleMs(RequestContext context, Kind kind, long amount);

    static Quotas none() {
        return (context, kind, amount) -> 0;
    }

    /** What is counted. */
    enum Kind {
        PRODUCED_BYTES,
        FETCHED_BYTES,
        CONTROLLER_MUTATIONS
    }
}
