package io.barnabas.config;

/** Replication and fetching. How followers copy, when they count as in sync, and what one fetch may cost. To be used through {@link BrokerKeys}. */
interface ReplicationKeys {

    KeyFamily FAMILY = KeyFamily.ofBroker(
            "Replication and fetching", "How followers copy, when they count as in sync, and what one fetch may cost.");

    ConfigKey<Integer> MIN_INSYNC_REPLICAS = FAMILY.intKey("min.insync.replicas")
            .defaultsTo(1)
            .atLeast(1)
            .high()
            .clusterWide()
            .doc("With acks=all a write is refused while fewer replicas than this are in sync.");

    ConfigKey<Long> REPLICA_LAG_TIME_MAX_MS = FAMILY.longKey("replica.lag.time.max.ms")
            .defaultsTo(30_000L)
            .high()
            .doc("A follower that has not caught up for this long leaves the in-sync replicas.");

    ConfigKey<Integer> REPLICA_SOCKET_TIMEOUT_MS = FAMILY.intKey("replica.socket.timeout.ms")
            .defaultsTo(30_000)
            .high()
            .doc("How long a follower waits for its leader's answer; at least replica.fetch.wait.max.ms.");

    ConfigKey<Integer> REPLICA_SOCKET_RECEIVE_BUFFER_BYTES = FAMILY.intKey("replica.socket.receive.buffer.bytes")
            .defaultsTo(65_536)
            .high()
            .doc("Receive buffer of a follower's connection to its leader.");

    ConfigKey<Integer> REPLICA_FETCH_MAX_BYTES = FAMILY.intKey("replica.fetch.max.bytes")
            .defaultsTo(1_048_576)
            .atLeast(0)
            .doc("Bytes that a follower asks for of one partition at a time.");

    ConfigKey<Integer> REPLICA_FETCH_RESPONSE_MAX_BYTES = FAMILY.intKey("replica.fetch.response.max.bytes")
            .defaultsTo(10_485_760)
            .atLeast(0)
            .doc("Bytes that a follower asks for in one request.");

    ConfigKey<Integer> REPLICA_FETCH_WAIT_MAX_MS = FAMILY.intKey("replica.fetch.wait.max.ms")
            .defaultsTo(500)
            .high()
            .doc(
                    "How long a leader may hold a follower's request while there is nothing new; less than replica.lag.time.max.ms.");

    ConfigKey<Integer> REPLICA_FETCH_MIN_BYTES = FAMILY.intKey("replica.fetch.min.bytes")
            .defaultsTo(1)
            .high()
            .doc("A leader answers a follower at once when it has this many bytes.");

    ConfigKey<Integer> REPLICA_FETCH_BACKOFF_MS = FAMILY.intKey("replica.fetch.backoff.ms")
            .defaultsTo(1000)
            .atLeast(0)
            .doc("Pause of a follower after an error of a partition.");

    ConfigKey<Long> REPLICA_HIGH_WATERMARK_CHECKPOINT_INTERVAL_MS = FAMILY.longKey(
                    "replica.high.watermark.checkpoint.interval.ms")
            .defaultsTo(5000L)
            .high()
            .doc("How often high watermarks are written to disk.");

    ConfigKey<String> REPLICA_SELECTOR_CLASS = FAMILY.textKey("replica.selector.class")
            .doc("Class that chooses the replica a consumer reads from; unset: the leader.");

    ConfigKey<Integer> NUM_REPLICA_FETCHERS = FAMILY.intKey("num.replica.fetchers")
            .defaultsTo(1)
            .high()
            .clusterWide()
            .doc("Connections that copy from one other broker.");

    ConfigKey<Integer> NUM_REPLICA_ALTER_LOG_DIRS_THREADS = FAMILY.intKey("num.replica.alter.log.dirs.threads")
            .high()
            .doc("Threads that move replicas between log directories; unset: one a directory.");

    ConfigKey<Integer> FETCH_MAX_BYTES = FAMILY.intKey("fetch.max.bytes")
            .defaultsTo(57_671_680)
            .atLeast(1024)
            .doc("Most bytes that one fetch of a consumer is answered with.");

    ConfigKey<Integer> FETCH_PURGATORY_PURGE_INTERVAL_REQUESTS = FAMILY.intKey(
                    "fetch.purgatory.purge.interval.requests")
            .defaultsTo(1000)
            .doc("Finished waiting fetches are cleared away after this many of them.");

    ConfigKey<Integer> PRODUCER_PURGATORY_PURGE_INTERVAL_REQUESTS = FAMILY.intKey(
                    "producer.purgatory.purge.interval.requests")
            .defaultsTo(1000)
            .doc("Finished waiting writes are cleared away after this many of them.");

    ConfigKey<Integer> DELETE_RECORDS_PURGATORY_PURGE_INTERVAL_REQUESTS = FAMILY.intKey(
                    "delete.records.purgatory.purge.interval.requests")
            .defaultsTo(1)
            .doc("Finished waiting DeleteRecords requests are cleared away after this many of them.");

    ConfigKey<Integer> MAX_INCREMENTAL_FETCH_SESSION_CACHE_SLOTS = FAMILY.intKey(
                    "max.incremental.fetch.session.cache.slots")
            .defaultsTo(1000)
            .atLeast(0)
            .doc("Fetch sessions that are remembered at once.");
}
