package io.barnabas.config;

/** Tiered storage. Segments kept in another store. Known, not acted on. To be used through {@link BrokerKeys}. */
interface RemoteLogKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker("Tiered storage", "Segments kept in another store. Known, not acted on.");

    ConfigKey<Long> LOG_LOCAL_RETENTION_MS = FAMILY.longKey("log.local.retention.ms")
            .defaultsTo(-2L)
            .atLeast(-2L)
            .clusterWide()
            .doc("How long segments are kept here once they are in the remote store; -2: as long as log.retention.ms.");

    ConfigKey<Long> LOG_LOCAL_RETENTION_BYTES = FAMILY.longKey("log.local.retention.bytes")
            .defaultsTo(-2L)
            .atLeast(-2L)
            .clusterWide()
            .doc(
                    "How much of a partition is kept here once it is in the remote store; -2: as much as log.retention.bytes.");

    ConfigKey<Boolean> REMOTE_LOG_STORAGE_SYSTEM_ENABLE = FAMILY.booleanKey("remote.log.storage.system.enable")
            .defaultsTo(false)
            .doc("Whether segments are copied to a remote store.");

    ConfigKey<String> REMOTE_LOG_STORAGE_MANAGER_CLASS_NAME = FAMILY.textKey("remote.log.storage.manager.class.name")
            .check(new Constraint.NonEmptyText())
            .doc("Class that talks to the remote store.");

    ConfigKey<String> REMOTE_LOG_STORAGE_MANAGER_CLASS_PATH =
            FAMILY.textKey("remote.log.storage.manager.class.path").doc("Class path of that class.");

    ConfigKey<String> REMOTE_LOG_STORAGE_MANAGER_IMPL_PREFIX = FAMILY.textKey("remote.log.storage.manager.impl.prefix")
            .defaultsTo("rsm.config.")
            .check(new Constraint.NonEmptyText())
            .doc("Prefix of the keys that are handed to that class.");

    ConfigKey<String> REMOTE_LOG_METADATA_MANAGER_CLASS_NAME = FAMILY.textKey("remote.log.metadata.manager.class.name")
            .defaultsTo("org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager")
            .check(new Constraint.NonEmptyText())
            .doc("Class that knows which segments are in the remote store.");

    ConfigKey<String> REMOTE_LOG_METADATA_MANAGER_CLASS_PATH =
            FAMILY.textKey("remote.log.metadata.manager.class.path").doc("Class path of that class.");

    ConfigKey<String> REMOTE_LOG_METADATA_MANAGER_IMPL_PREFIX = FAMILY.textKey(
                    "remote.log.metadata.manager.impl.prefix")
            .defaultsTo("rlmm.config.")
            .check(new Constraint.NonEmptyText())
            .doc("Prefix of the keys that are handed to that class.");

    ConfigKey<String> REMOTE_LOG_METADATA_MANAGER_LISTENER_NAME = FAMILY.textKey(
                    "remote.log.metadata.manager.listener.name")
            .check(new Constraint.NonEmptyText())
            .doc("Listener by which that class connects to the brokers.");

    ConfigKey<Integer> REMOTE_LOG_METADATA_CUSTOM_METADATA_MAX_BYTES = FAMILY.intKey(
                    "remote.log.metadata.custom.metadata.max.bytes")
            .defaultsTo(128)
            .atLeast(0)
            .low()
            .doc("Largest custom description of a segment in the remote store.");

    ConfigKey<Long> REMOTE_LOG_INDEX_FILE_CACHE_TOTAL_SIZE_BYTES = FAMILY.longKey(
                    "remote.log.index.file.cache.total.size.bytes")
            .defaultsTo(1_073_741_824L)
            .atLeast(1L)
            .low()
            .clusterWide()
            .doc("Disk space for indexes fetched from the remote store.");

    ConfigKey<Integer> REMOTE_LOG_MANAGER_THREAD_POOL_SIZE = FAMILY.intKey("remote.log.manager.thread.pool.size")
            .defaultsTo(10)
            .atLeast(1)
            .doc("Threads that copy to and clean the remote store, where the finer keys are unset.");

    ConfigKey<Integer> REMOTE_LOG_MANAGER_COPIER_THREAD_POOL_SIZE = FAMILY.intKey(
                    "remote.log.manager.copier.thread.pool.size")
            .defaultsTo(-1)
            .check(new Constraint.BoundsOrMinusOne(1, Integer.MAX_VALUE))
            .doc("Threads that copy to the remote store; -1: remote.log.manager.thread.pool.size.");

    ConfigKey<Integer> REMOTE_LOG_MANAGER_EXPIRATION_THREAD_POOL_SIZE = FAMILY.intKey(
                    "remote.log.manager.expiration.thread.pool.size")
            .defaultsTo(-1)
            .check(new Constraint.BoundsOrMinusOne(1, Integer.MAX_VALUE))
            .doc("Threads that delete from the remote store; -1: remote.log.manager.thread.pool.size.");

    ConfigKey<Long> REMOTE_LOG_MANAGER_TASK_INTERVAL_MS = FAMILY.longKey("remote.log.manager.task.interval.ms")
            .defaultsTo(30_000L)
            .atLeast(1L)
            .low()
            .doc("How often partitions are looked at for copying and deleting.");

    ConfigKey<Long> REMOTE_LOG_MANAGER_TASK_RETRY_BACKOFF_MS = FAMILY.longKey(
                    "remote.log.manager.task.retry.backoff.ms")
            .defaultsTo(500L)
            .atLeast(1L)
            .low()
            .hidden()
            .doc("First wait before failed work on the remote store is tried again.");

    ConfigKey<Long> REMOTE_LOG_MANAGER_TASK_RETRY_BACKOFF_MAX_MS = FAMILY.longKey(
                    "remote.log.manager.task.retry.backoff.max.ms")
            .defaultsTo(30_000L)
            .atLeast(1L)
            .low()
            .hidden()
            .doc("Longest wait before failed work on the remote store is tried again.");

    ConfigKey<Double> REMOTE_LOG_MANAGER_TASK_RETRY_JITTER = FAMILY.doubleKey("remote.log.manager.task.retry.jitter")
            .defaultsTo(0.2)
            .between(0.0, 0.5)
            .low()
            .hidden()
            .doc("Random share of that wait.");

    ConfigKey<Long> REMOTE_LOG_MANAGER_COPY_MAX_BYTES_PER_SECOND = FAMILY.longKey(
                    "remote.log.manager.copy.max.bytes.per.second")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(1L)
            .clusterWide()
            .doc("Most bytes a second that are copied to the remote store.");

    ConfigKey<Integer> REMOTE_LOG_MANAGER_COPY_QUOTA_WINDOW_NUM = FAMILY.intKey(
                    "remote.log.manager.copy.quota.window.num")
            .defaultsTo(11)
            .atLeast(1)
            .doc("Windows that are remembered for that rate.");

    ConfigKey<Integer> REMOTE_LOG_MANAGER_COPY_QUOTA_WINDOW_SIZE_SECONDS = FAMILY.intKey(
                    "remote.log.manager.copy.quota.window.size.seconds")
            .defaultsTo(1)
            .atLeast(1)
            .doc("Length of one of these windows.");

    ConfigKey<Long> REMOTE_LOG_MANAGER_FETCH_MAX_BYTES_PER_SECOND = FAMILY.longKey(
                    "remote.log.manager.fetch.max.bytes.per.second")
            .defaultsTo(Long.MAX_VALUE)
            .atLeast(1L)
            .clusterWide()
            .doc("Most bytes a second that are read from the remote store.");

    ConfigKey<Integer> REMOTE_LOG_MANAGER_FETCH_QUOTA_WINDOW_NUM = FAMILY.intKey(
                    "remote.log.manager.fetch.quota.window.num")
            .defaultsTo(11)
            .atLeast(1)
            .doc("Windows that are remembered for that rate.");

    ConfigKey<Integer> REMOTE_LOG_MANAGER_FETCH_QUOTA_WINDOW_SIZE_SECONDS = FAMILY.intKey(
                    "remote.log.manager.fetch.quota.window.size.seconds")
            .defaultsTo(1)
            .atLeast(1)
            .doc("Length of one of these windows.");

    ConfigKey<Integer> REMOTE_LOG_READER_THREADS = FAMILY.intKey("remote.log.reader.threads")
            .defaultsTo(10)
            .atLeast(1)
            .doc("Threads that read from the remote store.");

    ConfigKey<Integer> REMOTE_LOG_READER_MAX_PENDING_TASKS = FAMILY.intKey("remote.log.reader.max.pending.tasks")
            .defaultsTo(100)
            .atLeast(1)
            .doc("Reads from the remote store that may wait.");

    ConfigKey<Integer> REMOTE_FETCH_MAX_WAIT_MS = FAMILY.intKey("remote.fetch.max.wait.ms")
            .defaultsTo(500)
            .atLeast(1)
            .clusterWide()
            .doc("How long a fetch waits for the remote store.");
}
