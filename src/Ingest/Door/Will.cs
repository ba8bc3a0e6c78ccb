namespace CanhLu.Ingest;

/// <summary>What a client wants said when its connection ends without a word (MQTT 5.0, 3.1.2.5).</summary>
/// <param name="Topic">The device's own <c>status</c>.</param>
/// <param name="Payload">The message.</param>
/// <param name="Qos">As in CONNECT.</param>
/// <param name="Retain">Whether it stays for those who subscribe later.</param>
/// <param name="Delay">Seconds between the end and the telling.</param>
sealed record Will(byte[] Topic, byte[] Payload, int Qos, bool Retain, uint Delay);
