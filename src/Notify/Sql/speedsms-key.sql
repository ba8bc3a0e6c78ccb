SELECT key FROM deliveries WHERE carrier = 'speedsms' AND reference = @id
