package io.barnabas.cluster.store;

/** One step of a {@linkplain StoreSession#multi multi}. A version of -1 means any. */
public sealed interface Op permits Op.Check, Op.Create, Op.SetData, Op.Delete {

    record Check(String path, int version) implements Op {}

    record Create(String path, byte[] data, NodeKind kind) implements Op {}

    record SetData(String path, byte[] data, int version) implements Op {}

    record Delete(String path, int version) implements Op {}
}
