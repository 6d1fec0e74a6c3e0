package io.barnabas.requests.data;

import io.barnabas.log.LeaderEpochs;
import io.barnabas.log.PartitionLog;
import io.barnabas.replication.Partition;
import io.barnabas.replication.PartitionView;
import io.barnabas.replication.Role;
import io.barnabas.requests.Authorizer;
import io.barnabas.requests.Operation;
import io.barnabas.requests.RequestContext;
import io.barnabas.requests.ResourceType;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.RecordsRef;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchResponse.EpochEndOffset;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import io.barnabas.wire.record.Compression;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at partitions for a reader: may it read there, from where to where. Takes no lock of a partition and touches
 * no file. Called under the monitor of the reader's interest.
 */
final class FetchReader {
    private static final int NOT_SAID = -1;
    private static final short ZSTD_FROM = 10;

    private final PartitionLookup lookup;
    private final Authorizer authorizer;

    FetchReader(PartitionLookup lookup, Authorizer authorizer) {
        this.lookup = lookup;
        this.authorizer = authorizer;
    }

    FetchLook look(RequestContext context, List<FetchTarget> candidates, FetchLimits limits) {
        FetchLook look = new FetchLook(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            look.add(look(context, candidates.get(i), limits));
        }
        return look;
    }

    /** Tells the partitions how far the follower has come. Not under the monitor: this takes partitions' locks. */
    void reportPositions(FetchLook look, int replicaId) {
        for (PartitionRead read : look.reads()) {
            if (read.log() != null) {
                FetchTarget target = read.target();
                long logStartOffset = target.wanted().logStartOffset();
                target.source().followerFetched(replicaId, read.offset(), logStartOffset, read.logEndOffset());
            }
        }
    }

    private PartitionRead look(RequestContext context, FetchTarget target, FetchLimits limits) {
        Partition source = locate(target);
        if (source == null) {
            return absent(target);
        }
        String topic = source.name().topic();
        if (!mayRead(context, topic, limits)) {
            return unavailable(target, topic, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        }
        PartitionView view = source.view();
        ErrorCode refusal = refusal(context, target.wanted(), source, view, limits);
        if (refusal != ErrorCode.NONE) {
            target.saw(view, NOT_SAID, NOT_SAID);
            return failed(target, topic, refusal);
        }
        return look(target, view, limits);
    }

    private Partition locate(FetchTarget target) {
        if (target.source() == null || target.source().view().role() == Role.GONE) {
            target.source(lookup.find(target.key()));
        }
        return target.source();
    }

    /** Of what exists elsewhere the reader hears at once; what nobody knows is not worth hurrying for. */
    private PartitionRead absent(FetchTarget target) {
        ErrorCode why = lookup.whyAbsent(target.key());
        return why == ErrorCode.NOT_LEADER_OR_FOLLOWER
                ? failed(target, lookup.topicOf(target.key()), why)
                : unavailable(target, target.key().topic(), why);
    }

    private boolean mayRead(RequestContext context, String topic, FetchLimits limits) {
        return limits.fromFollower()
                ? authorizer.allowsOnCluster(context, Operation.CLUSTER_ACTION)
                : authorizer.allows(context, Operation.READ, ResourceType.TOPIC, topic);
    }

    private static ErrorCode refusal(
            RequestContext context, FetchPartition wanted, Partition source, PartitionView view, FetchLimits limits) {
        ErrorCode refusal = view.leaderRefusal(Math.max(NOT_SAID, wanted.currentLeaderEpoch()));
        if (refusal != ErrorCode.NONE) {
            return refusal;
        }
        if (limits.fromFollower() && !source.isFollower(limits.replicaId())) {
            return wanted.currentLeaderEpoch() <= NOT_SAID
                    ? ErrorCode.NOT_LEADER_OR_FOLLOWER
                    : ErrorCode.UNKNOWN_LEADER_EPOCH;
        }
        if (context.apiVersion() < ZSTD_FROM && source.config().records().target() == Compression.ZSTD) {
            return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
        }
        boolean unwanted = !source.config().convertsForOldReaders() && OldFormats.isForVersion(context.apiVersion());
        return unwanted && !limits.fromFollower() ? ErrorCode.UNSUPPORTED_VERSION : ErrorCode.NONE;
    }

    private static PartitionRead look(FetchTarget target, PartitionView view, FetchLimits limits) {
        FetchPartition wanted = target.wanted();
        LogBounds bounds = LogBounds.of(target.source().log());
        long readableEnd = bounds.readableEnd(limits.isolation());
        target.saw(view, readableEnd, bounds.logStartOffset());
        if (wanted.fetchOffset() < bounds.logStartOffset() || wanted.fetchOffset() > bounds.logEndOffset()) {
            return failed(target, target.source().name().topic(), ErrorCode.OFFSET_OUT_OF_RANGE);
        }
        PartitionData answer = new PartitionData()
                .partitionIndex(target.partition())
                .highWatermark(bounds.highWatermark())
                .lastStableOffset(bounds.lastStableOffset())
                .logStartOffset(bounds.logStartOffset())
                .abortedTransactions(limits.isolation() == Isolation.LAST_STABLE_OFFSET ? new ArrayList<>() : null)
                .records(RecordsRef.empty());
        return wanted.lastFetchedEpoch() >= 0
                ? compareEpochs(target, answer, bounds, limits)
                : readable(target, answer, bounds, limits);
    }

    /** A reader whose last epoch ended elsewhere than here has read what is no longer true. */
    private static PartitionRead compareEpochs(
            FetchTarget target, PartitionData answer, LogBounds bounds, FetchLimits limits) {
        FetchPartition wanted = target.wanted();
        PartitionLog log = target.source().log();
        LeaderEpochs.EndOffset end = log.leaderEpochs().endOffsetOf(wanted.lastFetchedEpoch(), bounds.logEndOffset());
        if (end.epoch() == LeaderEpochs.NO_EPOCH) {
            return failed(target, target.source().name().topic(), ErrorCode.OFFSET_OUT_OF_RANGE);
        }
        if (end.epoch() < wanted.lastFetchedEpoch() || end.endOffset() < wanted.fetchOffset()) {
            answer.divergingEpoch(new EpochEndOffset().epoch(end.epoch()).endOffset(end.endOffset()));
            return PartitionRead.urgent(target, target.source().name().topic(), answer, bounds.logEndOffset());
        }
        return readable(target, answer, bounds, limits);
    }

    private static PartitionRead readable(
            FetchTarget target, PartitionData answer, LogBounds bounds, FetchLimits limits) {
        Partition source = target.source();
        PartitionRead read = PartitionRead.of(
                target,
                source.name().topic(),
                answer,
                source.log(),
                bounds.readableEnd(limits.isolation()),
                bounds.logEndOffset());
        if (limits.fromFollower() && knowsLess(target, bounds.highWatermark())) {
            read.mustNotWait();
        }
        return read;
    }

    /** A follower that waits for records still wants to hear that those it has became committed. */
    private static boolean knowsLess(FetchTarget target, long highWatermark) {
        long told = target.toldHighWatermark();
        return target.wanted().highWatermark() < highWatermark || told >= 0 && told < highWatermark;
    }

    private static PartitionRead unavailable(FetchTarget target, String topic, ErrorCode error) {
        return PartitionRead.unavailable(target, topic, FetchErrors.unavailable(target.partition(), error));
    }

    private static PartitionRead failed(FetchTarget target, String topic, ErrorCode error) {
        return PartitionRead.urgent(target, topic, FetchErrors.failed(target.partition(), error), NOT_SAID);
    }
}
