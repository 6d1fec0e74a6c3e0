package io.barnabas.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What event loops run on. */
class EventLoopsTest {
    private static final int TIMES = 1_000;

    @Test
    void useBuffersAgainInsteadOfMakingThemAnew() throws Exception {
        EventLoopGroup loops = Transport.best().eventLoops(1);
        try {
            int different = loops.submit(EventLoopsTest::countDifferentBuffers).get(30, TimeUnit.SECONDS);
            assertThat(different).isLessThan(TIMES / 10);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(30, TimeUnit.SECONDS);
        }
    }

    private static int countDifferentBuffers() {
        Set<ByteBuf> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < TIMES; i++) {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(100);
            seen.add(buffer);
            buffer.release();
        }
        return seen.size();
    }
}
