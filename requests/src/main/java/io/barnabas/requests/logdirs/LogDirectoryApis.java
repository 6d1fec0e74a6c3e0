package io.barnabas.requests.logdirs;

import io.barnabas.log.LogManager;
import io.barnabas.replication.Replicas;
import io.barnabas.requests.ApiRegistry;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Versions;
import io.barnabas.wire.ApiKey;
import java.util.concurrent.Executor;

/** Registers the APIs about log directories. */
public final class LogDirectoryApis {
    private LogDirectoryApis() {}

    /** @param diskIo pool for questions to the file system */
    public static void register(
            ApiRegistry registry,
            LogManager logs,
            Replicas replicas,
            Authorizer authorizer,
            Metrics metrics,
            Executor diskIo) {
        registry.deferred(
                ApiKey.DESCRIBE_LOG_DIRS,
                Versions.of(0, 5),
                new DescribeLogDirsHandler(new LogDirectoryUse(logs, replicas), authorizer, metrics, diskIo));
        registry.deferred(
                ApiKey.ALTER_REPLICA_LOG_DIRS,
                Versions.of(0, 2),
                new AlterReplicaLogDirsHandler(replicas, authorizer, metrics));
    }
}
