package io.barnabas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.wire.oracle.KafkaRelease;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    /** {@code ApiKeys.forId(id)} of the release that has this version of the request. */
    private static Optional<Object> kafkas(KafkaRelease release, ApiKey key, short version) throws Exception {
        if (release.find(key.apiName() + "Request", version).isEmpty()) {
            return Optional.empty();
        }
        Class<?> keys = release.type("org.apache.kafka.common.protocol.ApiKeys");
        return Optional.of(keys.getMethod("forId", int.class).invoke(null, (int) key.id()));
    }

    private static Object kafkas(ApiKey key, short version) throws Exception {
        return kafkas(KafkaRelease.newer(), key, version)
                .or(() -> {
                    try {
                        return kafkas(KafkaRelease.older(), key, version);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .orElseThrow();
    }

    private static Object ask(Object kafkaKey, String method, short version) throws Exception {
        Method asked = kafkaKey.getClass().getMethod(method, short.class);
        return asked.invoke(kafkaKey, version);
    }

    @Test
    void hasKafkasNamesAndHeaderVersions() throws Exception {
        for (ApiKey key : ApiKey.values()) {
            for (short version = key.lowestVersion(); version <= key.highestVersion(); version++) {
                Object theirs = kafkas(key, version);
                String where = key + " v" + version;
                assertThat(((Enum<?>) theirs).name()).isEqualTo(key.name());
                assertThat(ask(theirs, "requestHeaderVersion", version))
                        .as(where)
                        .isEqualTo(key.requestHeaderVersion(version));
                assertThat(ask(theirs, "responseHeaderVersion", version))
                        .as(where)
                        .isEqualTo(key.responseHeaderVersion(version));
            }
        }
    }

    @Test
    void knowsWhichVersionsAreNotPromisedYet() throws Exception {
        for (ApiKey key : ApiKey.values()) {
            Object theirs = kafkas(key, key.highestVersion());
            Object type = theirs.getClass().getField("messageType").get(theirs);
            Method highest = type.getClass().getMethod("highestSupportedVersion", boolean.class);
            assertThat(highest.invoke(type, true)).as("%s", key).isEqualTo(key.highestVersion());
            assertThat(highest.invoke(type, false)).as("%s", key).isEqualTo(key.highestStableVersion());
        }
        assertThat(ApiKey.INIT_PRODUCER_ID.highestStableVersion()).isEqualTo((short) 5);
    }

    @Test
    void isFoundByItsNumber() {
        for (ApiKey key : ApiKey.values()) {
            assertThat(ApiKey.of(key.id())).isSameAs(key);
        }
        assertThat(ApiKey.of((short) -1)).isNull();
        assertThat(ApiKey.of((short) ApiKey.values().length)).isNull();
    }

    @Test
    void refusesToReadAVersionThatDoesNotExist() {
        assertThatThrownBy(() -> ApiKey.FETCH.readRequest(new ByteReader(Unpooled.EMPTY_BUFFER), (short) 99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FETCH has no version 99");
    }
}
