package io.barnabas.config;

import java.util.List;

/** Consumer groups. Groups of consumers, their offsets, and the newer group kinds. To be used through {@link BrokerKeys}. */
interface GroupKeys {

    KeyFamily FAMILY =
            KeyFamily.ofBroker("Consumer groups", "Groups of consumers, their offsets, and the newer group kinds.");

    ConfigKey<Integer> GROUP_MIN_SESSION_TIMEOUT_MS = FAMILY.intKey("group.min.session.timeout.ms")
            .defaultsTo(6000)
            .doc("Shortest session timeout a member may ask for.");

    ConfigKey<Integer> GROUP_MAX_SESSION_TIMEOUT_MS = FAMILY.intKey("group.max.session.timeout.ms")
            .defaultsTo(1_800_000)
            .doc("Longest session timeout a member may ask for.");

    ConfigKey<Integer> GROUP_INITIAL_REBALANCE_DELAY_MS = FAMILY.intKey("group.initial.rebalance.delay.ms")
            .defaultsTo(3000)
            .doc("How long an empty group waits for further members before it is first balanced.");

    ConfigKey<Integer> GROUP_MAX_SIZE = FAMILY.intKey("group.max.size")
            .defaultsTo(Integer.MAX_VALUE)
            .atLeast(1)
            .doc("Members that one group may have.");

    ConfigKey<Boolean> GROUP_COORDINATOR_NEW_ENABLE = FAMILY.booleanKey("group.coordinator.new.enable")
            .defaultsTo(false)
            .hidden()
            .doc("Whether the coordinator that also knows the newer group kinds is used.");

    ConfigKey<List<String>> GROUP_COORDINATOR_REBALANCE_PROTOCOLS = FAMILY.listKey(
                    "group.coordinator.rebalance.protocols")
            .defaultsTo("classic")
            .eachOneOf("consumer", "classic", "share", "unknown")
            .doc("Kinds of groups that are served: classic, consumer, share.");

    ConfigKey<Integer> GROUP_COORDINATOR_THREADS = FAMILY.intKey("group.coordinator.threads")
            .defaultsTo(1)
            .atLeast(1)
            .doc("Threads that run the coordinator.");

    ConfigKey<Integer> GROUP_COORDINATOR_APPEND_LINGER_MS = FAMILY.intKey("group.coordinator.append.linger.ms")
            .defaultsTo(10)
            .atLeast(0)
            .doc("How long the coordinator gathers records before it writes them.");

    ConfigKey<Integer> GROUP_CONSUMER_SESSION_TIMEOUT_MS = FAMILY.intKey("group.consumer.session.timeout.ms")
            .defaultsTo(45_000)
            .atLeast(1)
            .doc("A member of a consumer group that is not heard of for this long is removed.");

    ConfigKey<Integer> GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS = FAMILY.intKey("group.consumer.min.session.timeout.ms")
            .defaultsTo(45_000)
            .atLeast(1)
            .doc("Shortest session timeout of consumer groups.");

    ConfigKey<Integer> GROUP_CONSUMER_MAX_SESSION_TIMEOUT_MS = FAMILY.intKey("group.consumer.max.session.timeout.ms")
            .defaultsTo(60_000)
            .atLeast(1)
            .doc("Longest session timeout of consumer groups.");

    ConfigKey<Integer> GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS = FAMILY.intKey("group.consumer.heartbeat.interval.ms")
            .defaultsTo(5000)
            .atLeast(1)
            .doc("How often members of consumer groups are told to send a heartbeat.");

    ConfigKey<Integer> GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS = FAMILY.intKey(
                    "group.consumer.min.heartbeat.interval.ms")
            .defaultsTo(5000)
            .atLeast(1)
            .doc("Shortest heartbeat interval of consumer groups.");

    ConfigKey<Integer> GROUP_CONSUMER_MAX_HEARTBEAT_INTERVAL_MS = FAMILY.intKey(
                    "group.consumer.max.heartbeat.interval.ms")
            .defaultsTo(15_000)
            .atLeast(1)
            .doc("Longest heartbeat interval of consumer groups.");

    ConfigKey<Integer> GROUP_CONSUMER_MAX_SIZE = FAMILY.intKey("group.consumer.max.size")
            .defaultsTo(Integer.MAX_VALUE)
            .atLeast(1)
            .doc("Members that one consumer group may have.");

    ConfigKey<List<String>> GROUP_CONSUMER_ASSIGNORS = FAMILY.listKey("group.consumer.assignors")
            .defaultsTo(
                    "org.apache.kafka.coordinator.group.assignor.UniformAssignor",
                    "org.apache.kafka.coordinator.group.assignor.RangeAssignor")
            .doc("Assignors of consumer groups, as class names; the first is the default.");

    ConfigKey<String> GROUP_CONSUMER_MIGRATION_POLICY = FAMILY.textKey("group.consumer.migration.policy")
            .defaultsTo("disabled")
            .check(new Constraint.OneOfIgnoringCase(List.of("DISABLED", "DOWNGRADE", "UPGRADE", "BIDIRECTIONAL")))
            .hidden()
            .doc("Whether classic groups may become consumer groups and back while they live.");

    ConfigKey<Boolean> GROUP_SHARE_ENABLE =
            FAMILY.booleanKey("group.share.enable").defaultsTo(false).hidden().doc("Whether share groups are served.");

    ConfigKey<Integer> GROUP_SHARE_SESSION_TIMEOUT_MS = FAMILY.intKey("group.share.session.timeout.ms")
            .defaultsTo(45_000)
            .atLeast(1)
            .doc("A member of a share group that is not heard of for this long is removed.");

    ConfigKey<Integer> GROUP_SHARE_MIN_SESSION_TIMEOUT_MS = FAMILY.intKey("group.share.min.session.timeout.ms")
            .defaultsTo(45_000)
            .atLeast(1)
            .doc("Shortest session timeout of share groups.");

    ConfigKey<Integer> GROUP_SHARE_MAX_SESSION_TIMEOUT_MS = FAMILY.intKey("group.share.max.session.timeout.ms")
            .defaultsTo(60_000)
            .atLeast(1)
            .doc("Longest session timeout of share groups.");

    ConfigKey<Integer> GROUP_SHARE_HEARTBEAT_INTERVAL_MS = FAMILY.intKey("group.share.heartbeat.interval.ms")
            .defaultsTo(5000)
            .atLeast(1)
            .doc("How often members of share groups are told to send a heartbeat.");

    ConfigKey<Integer> GROUP_SHARE_MIN_HEARTBEAT_INTERVAL_MS = FAMILY.intKey("group.share.min.heartbeat.interval.ms")
            .defaultsTo(5000)
            .atLeast(1)
            .doc("Shortest heartbeat interval of share groups.");

    ConfigKey<Integer> GROUP_SHARE_MAX_HEARTBEAT_INTERVAL_MS = FAMILY.intKey("group.share.max.heartbeat.interval.ms")
            .defaultsTo(15_000)
            .atLeast(1)
            .doc("Longest heartbeat interval of share groups.");

    ConfigKey<Short> GROUP_SHARE_MAX_GROUPS = FAMILY.shortKey("group.share.max.groups")
            .defaultsTo((short) 10)
            .between((short) 1, (short) 100)
            .doc("Share groups that may exist at once.");

    ConfigKey<Short> GROUP_SHARE_MAX_SIZE = FAMILY.shortKey("group.share.max.size")
            .defaultsTo((short) 200)
            .between((short) 10, (short) 1000)
            .doc("Members that one share group may have.");

    ConfigKey<Integer> GROUP_SHARE_DELIVERY_COUNT_LIMIT = FAMILY.intKey("group.share.delivery.count.limit")
            .defaultsTo(5)
            .between(2, 10)
            .doc("How often a record is handed to a share group before it counts as failed.");

    ConfigKey<Integer> GROUP_SHARE_RECORD_LOCK_DURATION_MS = FAMILY.intKey("group.share.record.lock.duration.ms")
            .defaultsTo(30_000)
            .between(1000, 60_000)
            .doc("How long a record handed to a share group's member is locked for it.");

    ConfigKey<Integer> GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS = FAMILY.intKey(
                    "group.share.min.record.lock.duration.ms")
            .defaultsTo(15_000)
            .between(1000, 30_000)
            .doc("Shortest such lock that a group may set.");

    ConfigKey<Integer> GROUP_SHARE_MAX_RECORD_LOCK_DURATION_MS = FAMILY.intKey(
                    "group.share.max.record.lock.duration.ms")
            .defaultsTo(60_000)
            .between(30_000, 3_600_000)
            .doc("Longest such lock that a group may set.");

    ConfigKey<Integer> GROUP_SHARE_PARTITION_MAX_RECORD_LOCKS = FAMILY.intKey("group.share.partition.max.record.locks")
            .defaultsTo(200)
            .between(100, 10_000)
            .doc("Records of one partition that a share group may have locked at once.");

    ConfigKey<Integer> OFFSET_METADATA_MAX_BYTES = FAMILY.intKey("offset.metadata.max.bytes")
            .defaultsTo(4096)
            .high()
            .doc("Largest text that a consumer may store with an offset.");

    ConfigKey<Integer> OFFSETS_TOPIC_NUM_PARTITIONS = FAMILY.intKey("offsets.topic.num.partitions")
            .defaultsTo(50)
            .atLeast(1)
            .high()
            .doc("Partitions of the topic that holds group state; not to be changed once it exists.");

    ConfigKey<Short> OFFSETS_TOPIC_REPLICATION_FACTOR = FAMILY.shortKey("offsets.topic.replication.factor")
            .defaultsTo((short) 3)
            .atLeast((short) 1)
            .high()
            .doc(
                    "Replicas of that topic. When unset here: three, or as many as there are brokers when the topic is created.");

    ConfigKey<Integer> OFFSETS_TOPIC_SEGMENT_BYTES = FAMILY.intKey("offsets.topic.segment.bytes")
            .defaultsTo(104_857_600)
            .atLeast(1)
            .high()
            .doc("Size of a segment of that topic; small ones load and compact faster.");

    ConfigKey<Integer> OFFSETS_TOPIC_COMPRESSION_CODEC = FAMILY.intKey("offsets.topic.compression.codec")
            .defaultsTo(0)
            .high()
            .doc("Codec of that topic's batches, by its number in the record format.");

    ConfigKey<Integer> OFFSETS_LOAD_BUFFER_SIZE = FAMILY.intKey("offsets.load.buffer.size")
            .defaultsTo(5_242_880)
            .atLeast(1)
            .high()
            .doc("Bytes read at a time when group state is loaded.");

    ConfigKey<Integer> OFFSETS_RETENTION_MINUTES = FAMILY.intKey("offsets.retention.minutes")
            .defaultsTo(10_080)
            .atLeast(1)
            .high()
            .doc("Offsets of a group without members are forgotten after this long.");

    ConfigKey<Long> OFFSETS_RETENTION_CHECK_INTERVAL_MS = FAMILY.longKey("offsets.retention.check.interval.ms")
            .defaultsTo(600_000L)
            .atLeast(1L)
            .high()
            .doc("How often offsets are looked at for being forgotten.");

    ConfigKey<Integer> OFFSETS_COMMIT_TIMEOUT_MS = FAMILY.intKey("offsets.commit.timeout.ms")
            .defaultsTo(5000)
            .atLeast(1)
            .high()
            .doc("How long the commit of an offset waits for its replicas.");

    ConfigKey<Short> OFFSETS_COMMIT_REQUIRED_ACKS = FAMILY.shortKey("offsets.commit.required.acks")
            .defaultsTo((short) -1)
            .high()
            .doc("Acknowledgements that the commit of an offset needs; -1 is all in-sync replicas.");
}
