package io.barnabas.config;

/** Transactions. Transactional producers and the topic that holds their state. To be used through {@link BrokerKeys}. */
interface TransactionKeys {

    KeyFamily FAMILY =
            KeyFamily.ofBroker("Transactions", "Transactional producers and the topic that holds their state.");

    ConfigKey<Integer> TRANSACTION_MAX_TIMEOUT_MS = FAMILY.intKey("transaction.max.timeout.ms")
            .defaultsTo(900_000)
            .atLeast(1)
            .high()
            .doc("Longest transaction timeout a producer may ask for.");

    ConfigKey<Integer> TRANSACTION_STATE_LOG_NUM_PARTITIONS = FAMILY.intKey("transaction.state.log.num.partitions")
            .defaultsTo(50)
            .atLeast(1)
            .high()
            .doc("Partitions of the topic that holds the state of transactions; not to be changed once it exists.");

    ConfigKey<Short> TRANSACTION_STATE_LOG_REPLICATION_FACTOR = FAMILY.shortKey(
                    "transaction.state.log.replication.factor")
            .defaultsTo((short) 3)
            .atLeast((short) 1)
            .high()
            .doc(
                    "Replicas of that topic. When unset here: three, or as many as there are brokers when the topic is created.");

    ConfigKey<Integer> TRANSACTION_STATE_LOG_MIN_ISR = FAMILY.intKey("transaction.state.log.min.isr")
            .defaultsTo(2)
            .atLeast(1)
            .high()
            .doc("Replicas of that topic that must be in sync for a write.");

    ConfigKey<Integer> TRANSACTION_STATE_LOG_SEGMENT_BYTES = FAMILY.intKey("transaction.state.log.segment.bytes")
            .defaultsTo(104_857_600)
            .atLeast(1)
            .high()
            .doc("Size of a segment of that topic.");

    ConfigKey<Integer> TRANSACTION_STATE_LOG_LOAD_BUFFER_SIZE = FAMILY.intKey("transaction.state.log.load.buffer.size")
            .defaultsTo(5_242_880)
            .atLeast(1)
            .high()
            .doc("Bytes read at a time when the state of transactions is loaded.");

    ConfigKey<Integer> TRANSACTIONAL_ID_EXPIRATION_MS = FAMILY.intKey("transactional.id.expiration.ms")
            .defaultsTo(604_800_000)
            .atLeast(1)
            .high()
            .doc("A transactional id that is not used for this long is forgotten.");

    ConfigKey<Integer> TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS = FAMILY.intKey(
                    "transaction.abort.timed.out.transaction.cleanup.interval.ms")
            .defaultsTo(10_000)
            .atLeast(1)
            .low()
            .doc("How often transactions are looked at for having timed out.");

    ConfigKey<Integer> TRANSACTION_REMOVE_EXPIRED_TRANSACTION_CLEANUP_INTERVAL_MS = FAMILY.intKey(
                    "transaction.remove.expired.transaction.cleanup.interval.ms")
            .defaultsTo(3_600_000)
            .atLeast(1)
            .low()
            .doc("How often transactional ids are looked at for being forgotten.");

    ConfigKey<Boolean> TRANSACTION_PARTITION_VERIFICATION_ENABLE = FAMILY.booleanKey(
                    "transaction.partition.verification.enable")
            .defaultsTo(true)
            .low()
            .clusterWide()
            .doc(
                    "Whether a partition asks the coordinator whether a transaction is really under way before it takes its first write.");
}
