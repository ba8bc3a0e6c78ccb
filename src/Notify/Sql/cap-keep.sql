INSERT INTO cap_messages (id, bulletin_id, withdrawal, episode, station, rule, status, msg_type, sender, identifier, sent, sent_at, expires_at, title, summary, xml)
VALUES (
    (SELECT coalesce(max(id), 0) + 1 FROM cap_messages), @BulletinId, @Withdrawal, @Episode, @Station, @Rule, @Status, @MsgType, @Sender, @Identifier, @Sent,
    @SentAt, @ExpiresAt, @Title, @Summary, @Xml)
