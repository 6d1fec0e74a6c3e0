package io.barnabas.requests.logdirs;

import io.barnabas.requests.ApiException;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.DeferredHandler;
import io.barnabas.requests.Metrics;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.message.DescribeLogDirsRequest;
import io.barnabas.wire.message.DescribeLogDirsRequest.DescribableLogDirTopic;
import io.barnabas.wire.message.DescribeLogDirsResponse;
import io.barnabas.wire.message.DescribeLogDirsResponse.DescribeLogDirsResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * DescribeLogDirs, v0-v5: which partitions this broker's log directories hold, and how large they are. Before v3 a
 * caller without the right sees no directory, from v3 on an error; v4 adds the size of the file system; v5 tells
 * directories that take no new partitions, of which there are none.
 */
final class DescribeLogDirsHandler implements DeferredHandler<DescribeLogDirsRequest, DescribeLogDirsResponse> {
    private final LogDirectoryUse directories;
    private final Authorizer authorizer;
    private final Metrics metrics;
    private final Executor diskIo;

    DescribeLogDirsHandler(LogDirectoryUse directories, Authorizer authorizer, Metrics metrics, Executor diskIo) {
        this.directories = directories;
        this.authorizer = authorizer;
        this.metrics = metrics;
        this.diskIo = diskIo;
    }

    @Override
    public CompletionStage<DescribeLogDirsResponse> handle(RequestContext context, DescribeLogDirsRequest request) {
        if (!authorizer.allowsOnCluster(context, Operation.DESCRIBE)) {
            throw new ApiException(ErrorCode.CLUSTER_AUTHORIZATION_FAILED, null);
        }
        Predicate<TopicPartition> wanted = wanted(request);
        return CompletableFuture.supplyAsync(() -> answer(wanted), diskIo);
    }

    private DescribeLogDirsResponse answer(Predicate<TopicPartition> wanted) {
        List<DescribeLogDirsResult> results = directories.describe(wanted);
        for (DescribeLogDirsResult result : results) {
            if (result.errorCode() != ErrorCode.NONE.code()) {
                metrics.failed(ApiKey.DESCRIBE_LOG_DIRS, ErrorCode.of(result.errorCode()));
            }
        }
        return new DescribeLogDirsResponse().results(results);
    }

    private static Predicate<TopicPartition> wanted(DescribeLogDirsRequest request) {
        if (request.topics() == null) {
            return partition -> true;
        }
        Set<TopicPartition> named = new HashSet<>();
        for (DescribableLogDirTopic topic : request.topics()) {
            for (int partition : topic.partitions()) {
                named.add(new TopicPartition(topic.topic(), partition));
            }
        }
        return named::contains;
    }
}
