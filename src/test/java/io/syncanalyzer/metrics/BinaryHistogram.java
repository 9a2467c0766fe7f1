package io.syncanalyzer.metrics;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A histogram as Prometheus's binary format has it, read by its own definition: <a
 * href="https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto">
 * metrics.proto</a>, whose numbers of fields stand here.
 *
 * @param classicBounds where its classic buckets end
 * @param schema of the native one
 * @param firstNativeIndex of the first native bucket above zero that holds anything
 * @param nativeCounts what those hold
 */
record BinaryHistogram(
    String family,
    long count,
    List<Double> classicBounds,
    int schema,
    long zeroCount,
    int firstNativeIndex,
    List<Long> nativeCounts) {
  /** All of an answer, each family before its length. */
  static List<BinaryHistogram> read(byte[] answer) {
    List<BinaryHistogram> all = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      family(part(buffer, (int) varint(buffer)), all);
    }
    return all;
  }

  private static void family(ByteBuffer buffer, List<BinaryHistogram> all) {
    String[] name = {""};
    fields(
        buffer,
        (field, value) -> {
          if (field == 1) {
            name[0] = StandardCharsets.UTF_8.decode(value.bytes()).toString();
          } else if (field == 4) {
            fields(
                value.bytes(),
                (inner, metric) -> {
                  if (inner == 7) {
                    all.add(histogram(name[0], metric.bytes()));
                  }
                });
          }
        });
  }

  private static BinaryHistogram histogram(String family, ByteBuffer buffer) {
    long[] numbers = new long[4];
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    fields(
        buffer,
        (field, value) -> {
          switch (field) {
            case 1 -> numbers[0] = value.number();
            case 3 ->
                fields(
                    value.bytes(),
                    (inner, bucket) -> {
                      if (inner == 2) {
                        bounds.add(Double.longBitsToDouble(bucket.number()));
                      }
                    });
            case 5 -> numbers[1] = signed(value.number());
            case 7 -> numbers[2] = value.number();
            case 12 ->
                fields(
                    value.bytes(),
                    (inner, span) -> {
                      if (inner == 1 && counts.isEmpty()) {
                        numbers[3] = signed(span.number());
                      }
                    });
            case 13 -> deltas(value, counts);
            default -> {}
          }
        });
    return new BinaryHistogram(
        family, numbers[0], bounds, (int) numbers[1], numbers[2], (int) numbers[3], counts);
  }

  /** Each count less the one before it: packed, or one a field. */
  private static void deltas(Value value, List<Long> counts) {
    if (value.packed() == null) {
      add(value.number(), counts);
      return;
    }
    ByteBuffer packed = value.bytes();
    while (packed.hasRemaining()) {
      add(varint(packed), counts);
    }
  }

  private static void add(long delta, List<Long> counts) {
    counts.add(signed(delta) + (counts.isEmpty() ? 0 : counts.get(counts.size() - 1)));
  }

  private record Value(long number, @Nullable ByteBuffer packed) {
    ByteBuffer bytes() {
      if (packed == null) {
        throw new AssertionError("a number where bytes were to be");
      }
      return packed;
    }
  }

  private static void fields(ByteBuffer buffer, BiConsumer<Integer, Value> each) {
    while (buffer.hasRemaining()) {
      long tag = varint(buffer);
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case 0 -> each.accept(field, new Value(varint(buffer), null));
        case 1 -> each.accept(field, new Value(buffer.getLong(), null));
        case 2 -> each.accept(field, new Value(0, part(buffer, (int) varint(buffer))));
        default -> throw new AssertionError("wire type of tag " + tag);
      }
    }
  }

  private static ByteBuffer part(ByteBuffer buffer, int length) {
    ByteBuffer part = buffer.slice(buffer.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(buffer.position() + length);
    return part;
  }

  private static long varint(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = buffer.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static long signed(long zigzag) {
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }
}
