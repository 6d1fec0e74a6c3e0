package io.barnabas.requests.data;

/** Topics that coordinators write; clients may read them. */
final class InternalTopics {
    private static final String PREFIX = "__";
    private static final String GROUPS = "__consumer_offsets";
    private static final String TRANSACTIONS = "__transaction_state";

    /** Kafka's tools write to internal topics under this name. */
    private static final String ADMIN_CLIENT_ID = "__admin_client";

    private InternalTopics() {}

    static boolean contain(String topic) {
        return topic.startsWith(PREFIX) && (topic.equals(GROUPS) || topic.equals(TRANSACTIONS));
    }

    static boolean mayBeWrittenBy(String clientId) {
        return ADMIN_CLIENT_ID.equals(clientId);
    }
}
