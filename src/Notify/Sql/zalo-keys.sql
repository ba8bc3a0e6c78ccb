SELECT key FROM deliveries WHERE reference IN @ids AND carrier IN ('zalo', 'zalo-oa')
