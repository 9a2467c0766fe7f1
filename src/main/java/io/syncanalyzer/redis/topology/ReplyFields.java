package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads replies that are maps of names to values, as items or as a list of pairs. */
final class ReplyFields {
  private final Map<String, Reply> fields = new HashMap<>();

  private ReplyFields(List<Reply> items) {
    for (int i = 0; i + 1 < items.size(); i += 2) {
      fields.put(text(items.get(i)), items.get(i + 1));
    }
  }

  static ReplyFields of(Reply reply) {
    return new ReplyFields(items(reply));
  }

  /** A field's text; empty where it is nil or not there. */
  String text(String name) {
    return Optional.ofNullable(fields.get(name)).map(ReplyFields::text).orElse("");
  }

  /** A field's number; 0 where it is none or not there. */
  int number(String name) {
    return Optional.ofNullable(fields.get(name)).map(ReplyFields::number).orElse(0);
  }

  List<Reply> list(String name) {
    return Optional.ofNullable(fields.get(name)).map(ReplyFields::items).orElse(List.of());
  }

  static String text(Reply reply) {
    return reply instanceof Reply.Text text ? Printable.of(text.bytes().asUtf8()) : "";
  }

  static int number(Reply reply) {
    if (reply instanceof Reply.Int number) {
      return (int) Math.max(0, Math.min(Integer.MAX_VALUE, number.value()));
    }
    String text = text(reply);
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  static List<Reply> items(Reply reply) {
    return reply instanceof Reply.Items items ? items.list() : List.of();
  }
}
