UPDATE episodes SET quiet = @Reason, quiet_by = @By WHERE id = @Episode
