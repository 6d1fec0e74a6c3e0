package io.barnabas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void hasTheNamesAndCodesOfKafka() {
        Map<String, Short> kafkas = new TreeMap<>();
        for (Errors error : Errors.values()) {
            kafkas.put(error.name(), error.code());
        }
        Map<String, Short> ours = new TreeMap<>();
        for (ErrorCode error : ErrorCode.values()) {
            ours.put(error.name(), error.code());
        }
        assertThat(ours).isEqualTo(kafkas);
    }

    @Test
    void findsEachByItsCodeAndTakesAnyOtherForUnknown() {
        for (ErrorCode error : ErrorCode.values()) {
            assertThat(ErrorCode.of(error.code())).isSameAs(error);
            assertThat(error.defaultMessage()).isNotBlank();
        }
        assertThat(ErrorCode.of(Short.MAX_VALUE)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(ErrorCode.of(Short.MIN_VALUE)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
    }
}
