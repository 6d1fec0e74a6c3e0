package io.barnabas.requests.data;

import io.barnabas.requests.Metrics;
import io.barnabas.requests.Quotas;
import io.barnabas.requests.RequestContext;
import io.barnabas.wire.ApiKey;
import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.FetchResponse;
import io.barnabas.wire.message.FetchResponse.FetchableTopicResponse;
import io.barnabas.wire.message.FetchResponse.PartitionData;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the answer of a look: names the partitions that have news for the reader, remembers what the reader knows now,
 * and decides who comes first next time. Called under the monitor of the interest.
 */
final class FetchAnswers {
    private static final short STORAGE_ERROR_FROM = 6;

    private final LeaderHints hints;
    private final Quotas quotas;
    private final Metrics metrics;

    FetchAnswers(LeaderHints hints, Quotas quotas, Metrics metrics) {
        this.hints = hints;
        this.quotas = quotas;
        this.metrics = metrics;
    }

    FetchResponse refused(ErrorCode error) {
        return new FetchResponse().errorCode(error.code());
    }

    /** Another request goes on with the session, or has closed it. */
    FetchResponse superseded(FetchSession session) {
        return refused(ErrorCode.INVALID_FETCH_SESSION_EPOCH).sessionId(idOf(session));
    }

    FetchResponse answer(
            RequestContext context, FetchLook look, FetchInterest interest, FetchSession session, FetchLimits limits) {
        FetchResponse response = new FetchResponse().sessionId(idOf(session));
        for (PartitionRead read : look.reads()) {
            if (isNews(read)) {
                add(response, read);
                tell(context, response, read, limits);
            }
        }
        interest.candidates(next(look, session, limits));
        response.throttleTimeMs(quotas.throttleMs(context, Quotas.Kind.FETCHED_BYTES, look.bytes()));
        return response;
    }

    private static boolean isNews(PartitionRead read) {
        PartitionData answer = read.answer();
        return read.bytes() > 0
                || read.hasFailed()
                || read.hasDiverged()
                || read.target().isNewsToReader(answer.highWatermark(), answer.logStartOffset());
    }

    /** Partitions of one topic that follow each other share its entry. */
    private static void add(FetchResponse response, PartitionRead read) {
        List<FetchableTopicResponse> topics = response.responses();
        PartitionRef key = read.target().key();
        FetchableTopicResponse last = topics.isEmpty() ? null : topics.get(topics.size() - 1);
        if (last == null
                || !last.topicId().equals(key.topicId())
                || !last.topic().equals(key.topic())) {
            last = new FetchableTopicResponse().topic(key.topic()).topicId(key.topicId());
            topics.add(last);
        }
        last.partitions().add(read.answer());
    }

    private void tell(RequestContext context, FetchResponse response, PartitionRead read, FetchLimits limits) {
        if (!read.hasFailed()) {
            read.target().told(read.answer().highWatermark(), read.answer().logStartOffset());
            if (read.bytes() > 0) {
                metrics.fetched(read.topic(), read.bytes(), limits.fromFollower());
            }
            return;
        }
        read.target().toldError();
        ErrorCode error = errorFor(context.apiVersion(), read.answer().errorCode());
        read.answer().errorCode(error.code());
        metrics.failed(ApiKey.FETCH, error);
        hints.addTo(response, read.answer(), context, read.target().key());
    }

    /** Readers that do not know of failed disks look for another leader, as those do that know. */
    private static ErrorCode errorFor(short version, short code) {
        ErrorCode error = ErrorCode.of(code);
        boolean unknown = error == ErrorCode.KAFKA_STORAGE_ERROR && version < STORAGE_ERROR_FROM;
        return unknown ? ErrorCode.NOT_LEADER_OR_FOLLOWER : error;
    }

    /** Those that brought records go to the end of the line; those without more to read leave it until they have news. */
    private static List<FetchTarget> next(FetchLook look, FetchSession session, FetchLimits limits) {
        List<FetchTarget> next = new ArrayList<>();
        if (session == null) {
            return next;
        }
        List<FetchTarget> served = new ArrayList<>();
        for (PartitionRead read : look.reads()) {
            if (read.bytes() > 0) {
                served.add(read.target());
            } else if (read.hasRecords() || read.log() == null || startsListeningTooLate(read.target(), limits)) {
                next.add(read.target());
            }
        }
        next.addAll(served);
        return next;
    }

    private static boolean startsListeningTooLate(FetchTarget target, FetchLimits limits) {
        return target.subscribe() && target.isOutdated(limits.isolation());
    }

    private static int idOf(FetchSession session) {
        return session == null ? FetchSession.NONE : session.id();
    }
}
