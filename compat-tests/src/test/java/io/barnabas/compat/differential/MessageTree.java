package io.barnabas.compat.differential;

import io.barnabas.wire.ErrorCode;
import io.barnabas.wire.Message;
import io.barnabas.wire.RecordsRef;
import io.netty.buffer.ByteBufUtil;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoded message as a tree: maps of fields, lists, and text for every value. Null and empty stay apart. What differs
 * from broker to broker by nature is replaced on the way.
 */
final class MessageTree {
    private final Nature nature;

    MessageTree(Nature nature) {
        this.nature = nature;
    }

    Map<String, Object> of(Message message) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Field field : message.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                tree.put(field.getName(), value(field.getName(), read(message, field.getName())));
            }
        }
        return tree;
    }

    private Object value(String field, Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Message struct) {
            return of(struct);
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(value(field, one)));
            return nature.collected(field, all);
        }
        if (value instanceof byte[] bytes) {
            return "0x" + ByteBufUtil.hexDump(bytes);
        }
        if (value.getClass().isArray()) {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                all.add(value(field, Array.get(value, i)));
            }
            return nature.collected(field, all);
        }
        if (value instanceof RecordsRef.Buffer records) {
            return RecordsTree.of(records.bytes());
        }
        if (field.equals("errorCode")) {
            short code = ((Number) value).shortValue();
            ErrorCode known = ErrorCode.of(code);
            return code + " " + (known == null ? "unknown" : known.name());
        }
        return nature.text(field, value);
    }

    private static Object read(Message message, String field) {
        try {
            return message.getClass().getMethod(field).invoke(message);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
