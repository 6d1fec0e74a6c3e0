package io.barnabas.cluster.znodes;

import java.util.List;

/** The paths of Kafka's nodes, relative to the chroot. */
public final class Znodes {
    public static final String BROKER_IDS = "/brokers/ids";
    public static final String BROKER_SEQUENCE_ID = "/brokers/seqid";
    public static final String TOPICS = "/brokers/topics";
    public static final String CONTROLLER = "/controller";
    public static final String CONTROLLER_EPOCH = "/controller_epoch";
    public static final String CLUSTER_ID = "/cluster/id";
    public static final String CONFIG_CHANGES = "/config/changes";
    public static final String CONFIG_CHANGE_PREFIX = "config_change_";
    public static final String DELETE_TOPICS = "/admin/delete_topics";
    public static final String REASSIGN_PARTITIONS = "/admin/reassign_partitions";
    public static final String PREFERRED_REPLICA_ELECTION = "/admin/preferred_replica_election";
    public static final String ISR_CHANGES = "/isr_change_notification";
    public static final String LOG_DIR_EVENTS = "/log_dir_event_notification";
    public static final String LOG_DIR_EVENT_PREFIX = "log_dir_event_";
    public static final String PRODUCER_ID_BLOCK = "/latest_producer_id_block";
    public static final String FEATURE = "/feature";

    /** What a broker creates at its start where it is missing, in Kafka's order. */
    public static final List<String> BASE = List.of(
            "/consumers",
            BROKER_IDS,
            TOPICS,
            CONFIG_CHANGES,
            DELETE_TOPICS,
            BROKER_SEQUENCE_ID,
            ISR_CHANGES,
            PRODUCER_ID_BLOCK,
            LOG_DIR_EVENTS,
            "/config/topics",
            "/config/clients",
            "/config/users",
            "/config/brokers",
            "/config/ips");

    private Znodes() {}

    public static String broker(int brokerId) {
        return BROKER_IDS + "/" + brokerId;
    }

    public static String topic(String topic) {
        return TOPICS + "/" + topic;
    }

    public static String partitions(String topic) {
        return topic(topic) + "/partitions";
    }

    public static String partition(String topic, int partition) {
        return partitions(topic) + "/" + partition;
    }

    public static String partitionState(String topic, int partition) {
        return partition(topic, partition) + "/state";
    }

    public static String deleteTopic(String topic) {
        return DELETE_TOPICS + "/" + topic;
    }

    /** @param entity such as {@code topics/t1} or {@code brokers/<default>} */
    public static String config(String entity) {
        return "/config/" + entity;
    }

    public static String topicConfig(String topic) {
        return config("topics/" + topic);
    }

    /** Where consumers before 0.9 keep how far they have got. */
    public static String consumerOffset(String group, String topic, int partition) {
        return "/consumers/" + group + "/offsets/" + topic + "/" + partition;
    }
}
