package io.barnabas.wiregenerator;

import com.palantir.javapoet.ClassName;

/** The hand-written classes that generated ones lean on. */
final class Names {
    static final String WIRE = "io.barnabas.wire";
    static final String MESSAGES = WIRE + ".message";
    static final ClassName API_KEY = ClassName.get(WIRE, "ApiKey");
    static final ClassName MESSAGE = ClassName.get(WIRE, "Message");
    static final ClassName API_MESSAGE = ClassName.get(WIRE, "ApiMessage");
    static final ClassName READER = ClassName.get(WIRE, "ByteReader");
    static final ClassName WRITER = ClassName.get(WIRE, "ByteWriter");
    static final ClassName SIZES = ClassName.get(WIRE, "Sizes");
    static final ClassName TAGGED_FIELD = ClassName.get(WIRE, "TaggedField");
    static final ClassName UUID = ClassName.get(WIRE, "Uuid");
    static final ClassName RECORDS = ClassName.get(WIRE, "RecordsRef");

    private Names() {}
}
