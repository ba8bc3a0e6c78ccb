using Microsoft.Extensions.ObjectPool;

namespace CanhLu.Ingest;

/// <summary>Fillings not in use. A quiet connection holds none: ten thousand gauges that report once a minute share a handful.</summary>
sealed class Fillings
{
    // 1,024 of the usual size are 4 MB; 64 grown to their largest are 16 MB. Beyond that they are made and thrown away.
    const int MostKept = 1_024;
    const int MostGrown = 64;

    readonly DefaultObjectPool<Filling> _pool = new(new Policy(), MostKept);
    int _grown;

    public Filling Get()
    {
        var filling = _pool.Get();
        if (filling.HasGrown)
            Interlocked.Decrement(ref _grown);
        return filling;
    }

    public void Return(Filling filling)
    {
        filling.Clear();
        if (filling.HasGrown && Interlocked.Increment(ref _grown) > MostGrown)
            Interlocked.Decrement(ref _grown);
        else
            _pool.Return(filling);
    }

    sealed class Policy : PooledObjectPolicy<Filling>
    {
        public override Filling Create() => new();

        public override bool Return(Filling obj) => true;
    }
}
