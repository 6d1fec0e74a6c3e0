package io.barnabas.group;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that looks into what members say: which topics a consumer subscribes to, so that its offsets are
 * neither expired nor deleted under it. Layout: {@code version:2 count:4 (length:2 topic)*}, then what later versions
 * added.
 */
final class SubscribedTopics {
    static final String CONSUMER = "consumer";

    private static final Logger LOG = LoggerFactory.getLogger(SubscribedTopics.class);

    private SubscribedTopics() {}

    /** Null when it is not a consumer group, or its members speak a language of their own. */
    static Set<String> of(Group group) {
        if (!CONSUMER.equals(group.protocolType())) {
            return null;
        }
        Set<String> topics = new HashSet<>();
        if (group.size() == 0) {
            return topics;
        }
        if (group.protocolName() == null) {
            return null;
        }
        try {
            for (Member member : group.members()) {
                readInto(topics, ByteBuffer.wrap(member.metadata(group.protocolName())));
            }
            return topics;
        } catch (BufferUnderflowException | IllegalArgumentException unreadable) {
            LOG.warn(
                    "Members of group {} subscribe in a way that is not understood; its offsets do not expire",
                    group.id);
            return null;
        }
    }

    private static void readInto(Set<String> topics, ByteBuffer subscription) {
        subscription.getShort();
        int count = subscription.getInt();
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[checked(subscription.getShort(), subscription.remaining())];
            subscription.get(name);
            topics.add(new String(name, StandardCharsets.UTF_8));
        }
    }

    private static int checked(short length, int remaining) {
        if (length < 0 || length > remaining) {
            throw new IllegalArgumentException("a topic name of length " + length);
        }
        return length;
    }
}
