package io.barnabas.requests.data;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.message.FetchRequest;
import io.barnabas.wire.message.FetchRequest.FetchPartition;
import io.barnabas.wire.message.FetchRequest.FetchTopic;
import io.barnabas.wire.message.FetchRequest.ForgottenTopic;

/**
 * Takes a Fetch apart: a full list with or without the wish for a session, or what changed about a session. Epoch 0
 * opens, -1 closes or does without, anything else goes on. Any thread may call.
 */
final class FetchOpener {
    /** From here on partitions are named by topic id; a session keeps to one way. */
    private static final short TOPIC_IDS_FROM = 13;

    private final FetchSessions sessions;

    FetchOpener(FetchSessions sessions) {
        this.sessions = sessions;
    }

    FetchOpening open(FetchRequest request, short version, boolean fromFollower, long nowMs) {
        int epoch = request.sessionEpoch();
        if (epoch == FetchSession.FIRST_EPOCH || epoch == FetchSession.FINAL_EPOCH) {
            return full(request, version, fromFollower, nowMs);
        }
        FetchSession session = sessions.find(request.sessionId());
        if (session == null) {
            return new FetchOpening.Refused(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
        }
        return goOn(session, request, version, nowMs);
    }

    /** A full list ends the session that it names, whatever comes next. */
    private FetchOpening full(FetchRequest request, short version, boolean fromFollower, long nowMs) {
        sessions.close(request.sessionId());
        FetchInterest interest = new FetchInterest(fromFollower);
        wantAll(interest, request);
        FetchSession session = request.sessionEpoch() == FetchSession.FINAL_EPOCH
                ? null
                : sessions.open(fromFollower, version >= TOPIC_IDS_FROM, interest, nowMs);
        return new FetchOpening.Served(interest, session);
    }

    private FetchOpening goOn(FetchSession session, FetchRequest request, short version, long nowMs) {
        FetchInterest interest = session.interest();
        int partitions;
        synchronized (interest) {
            if (request.sessionEpoch() != session.nextEpoch()) {
                return new FetchOpening.Refused(ErrorCode.INVALID_FETCH_SESSION_EPOCH);
            }
            if (session.usesTopicIds() != version >= TOPIC_IDS_FROM) {
                return new FetchOpening.Refused(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
            }
            wantAll(interest, request);
            forget(interest, request);
            session.advanceEpoch();
            partitions = interest.size();
        }
        if (partitions == 0) {
            // Nothing is left to remember.
            sessions.close(session.id());
            return new FetchOpening.Served(interest, null);
        }
        sessions.used(session, partitions, nowMs);
        return new FetchOpening.Served(interest, session);
    }

    private static void wantAll(FetchInterest interest, FetchRequest request) {
        for (FetchTopic topic : request.topics()) {
            for (FetchPartition partition : topic.partitions()) {
                interest.want(new PartitionRef(topic.topicId(), topic.topic(), partition.partition()), partition);
            }
        }
    }

    private static void forget(FetchInterest interest, FetchRequest request) {
        for (ForgottenTopic topic : request.forgottenTopicsData()) {
            for (int partition : topic.partitions()) {
                interest.forget(new PartitionRef(topic.topicId(), topic.topic(), partition));
            }
        }
    }
}
