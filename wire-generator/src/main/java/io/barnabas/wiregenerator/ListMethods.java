package io.barnabas.wiregenerator;

import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes the three static methods of a struct that deal with an array of it. */
final class ListMethods {
    private final ClassName self;
    private final ParameterizedTypeName list;

    ListMethods(ClassName self) {
        this.self = self;
        this.list = ParameterizedTypeName.get(ClassName.get(List.class), self);
    }

    List<MethodSpec> all() {
        return List.of(read(), write(), size());
    }

    /** The list starts small and grows with what is really there, so that a lying count costs nothing. */
    private MethodSpec read() {
        return MethodSpec.methodBuilder("readList")
                .addModifiers(STATIC)
                .returns(list)
                .addParameter(Names.READER, "in")
                .addParameter(short.class, "version")
                .addParameter(int.class, "count")
                .beginControlFlow("if (count <= 0)")
                .addStatement("return count < 0 ? null : $T.emptyList()", Collections.class)
                .endControlFlow()
                .addStatement("$1T<$2T> list = new $1T<>($3T.room(0, count))", ArrayList.class, self, Names.READER)
                .beginControlFlow("for (int i = 0; i < count; i++)")
                .beginControlFlow("if ($T.isFull(i))", Names.READER)
                .addStatement("list.ensureCapacity($T.room(i, count))", Names.READER)
                .endControlFlow()
                .addStatement("list.add(read(in, version))")
                .endControlFlow()
                .addStatement("return list")
                .build();
    }

    private MethodSpec write() {
        return MethodSpec.methodBuilder("writeList")
                .addModifiers(STATIC)
                .addParameter(list, "list")
                .addParameter(Names.WRITER, "out")
                .addParameter(short.class, "version")
                .addParameter(boolean.class, "flexible")
                .addStatement("out.writeCount(list, flexible)")
                .beginControlFlow("if (list != null)")
                .beginControlFlow("for ($T element : list)", self)
                .addStatement("element.write(out, version)")
                .endControlFlow()
                .endControlFlow()
                .build();
    }

    private MethodSpec size() {
        return MethodSpec.methodBuilder("sizeOfList")
                .addModifiers(STATIC)
                .returns(int.class)
                .addParameter(list, "list")
                .addParameter(short.class, "version")
                .addParameter(boolean.class, "flexible")
                .addStatement("int size = $T.count(list, flexible)", Names.SIZES)
                .beginControlFlow("if (list != null)")
                .beginControlFlow("for ($T element : list)", self)
                .addStatement("size += element.sizeInBytes(version)")
                .endControlFlow()
                .endControlFlow()
                .addStatement("return size")
                .build();
    }
}
