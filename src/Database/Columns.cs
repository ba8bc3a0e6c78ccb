using Dapper;

namespace CanhLu.Database;

/// <summary>How our words are kept in columns; known to Dapper from the first store opened.</summary>
static class Columns
{
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new InstantColumn());
        SqlMapper.AddTypeHandler(new StageColumn());
        SqlMapper.AddTypeHandler(new RateColumn());
        SqlMapper.AddTypeHandler(new SlotsColumn());
    }
}
