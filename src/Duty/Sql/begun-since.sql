SELECT count(*) FROM episodes WHERE subject = @Subject AND rule = @Rule AND opened_at > @Since AND opened_at <= @Now
