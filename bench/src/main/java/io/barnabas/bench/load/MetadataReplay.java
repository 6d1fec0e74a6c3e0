package io.barnabas.bench.load;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.message.MetadataRequest;
import io.barnabas.wire.message.MetadataRequest.MetadataRequestTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Asks about one topic. */
public final class MetadataReplay implements Replay {
    private final ByteBuffer frame;

    public MetadataReplay(RawConnection connection, Topic topic) throws IOException {
        MetadataRequest request = new MetadataRequest()
                .allowAutoTopicCreation(false)
                .topics(List.of(new MetadataRequestTopic().name(topic.name())));
        this.frame = Frames.encode(request, connection.version(ApiKey.METADATA));
    }

    @Override
    public ByteBuffer next() {
        return frame;
    }

    @Override
    public long take(RawConnection connection) throws IOException {
        connection.skipBody();
        return 0;
    }
}
