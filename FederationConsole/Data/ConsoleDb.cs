using System.Linq.Expressions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FederationConsole.Data;

/// <summary>
/// The one database of the host. Features bring their entities by their own mappings; none has a DbSet here.
/// Leased through <see cref="Store"/> alone, which sets the scope.
/// </summary>
public sealed class ConsoleDb(DbContextOptions<ConsoleDb> options) : DbContext(options)
{
    private readonly List<Signal> _signals = [];
    private readonly HashSet<object> _described = [];
    private readonly Dictionary<Type, RowInsert> _inserts = [];
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>Events and audit lines of the write: never changed and seldom read in it, so they pass by the change tracker.</summary>
    private readonly List<object> _records = [];

    /// <summary>The environment whose rows are in sight; the query filters read it at each query.</summary>
    public EnvironmentId EnvironmentId { get; private set; }

    /// <summary>Whose audit lines are written.</summary>
    public ProjectId ProjectId { get; private set; }

    internal Ids Ids { get; private set; } = null!;
    internal TimeProvider Clock { get; private set; } = null!;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public T NextId<T>()
        where T : struct, ITypedId<T> => Ids.Next<T>();

    public long NextId() => Ids.Next();

    public Guid NextGuid() => Ids.NextGuid();

    /// <summary>Told to this process and to the other nodes after the commit.</summary>
    public void Signal(string topic, long id = 0) => _signals.Add(new(topic, EnvironmentId.Value, id));

    /// <summary>An event of this transaction; who delivers it is told after the commit.</summary>
    public void Publish(string type, UserId user, string payload)
    {
        _records.Add(new OutboxEvent
        {
            Id = NextId(),
            EnvironmentId = EnvironmentId,
            Type = type,
            UserId = user,
            At = Now,
            Payload = payload,
        });
        Signal(OutboxEvent.Topic);
    }

    /// <summary>
    /// An audit line of this transaction. It describes, field by field, what was changed since the last line of the same
    /// write: call it after the change it is about.
    /// </summary>
    public void Audit(Actor actor, string action, string subjectKind, string subjectId)
    {
        ChangeTracker.DetectChanges();
        var entries = ChangeTracker.Entries().Where(e => AuditTrail.IsAudited(e) && _described.Add(e.Entity)).ToList();
        foreach (var entry in entries)
        {
            Stamp(entry);
        }

        _records.Add(new AuditLine
        {
            Id = NextId(),
            At = Now,
            ProjectId = ProjectId,
            EnvironmentId = EnvironmentId,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
            Address = actor.Address,
            RequestId = actor.RequestId,
            Action = action,
            SubjectKind = subjectKind,
            SubjectId = subjectId,
            Changes = AuditTrail.Describe(entries),
        });
    }

    /// <summary>
    /// Saves what is tracked, then inserts a row at once, around the change tracker: for what every login writes. Not for what
    /// is audited.
    /// </summary>
    /// <param name="condition">The row is inserted only where this SQL holds; it is given the name of a property's parameter. One for each type.</param>
    /// <returns>Whether the row was inserted.</returns>
    public async Task<bool> InsertAsync<T>(T row, Func<Func<string, string>, string>? condition = null)
        where T : class, IEnvironmentOwned
    {
        await SaveAsync(CancellationToken.None);
        row.EnvironmentId = EnvironmentId.Value == 0 ? throw new InvalidOperationException($"{typeof(T).Name} belongs to an environment.") : EnvironmentId;
        return await RunInsertAsync(row, condition);
    }

    /// <summary>
    /// Saves what is tracked, then inserts many rows around the change tracker. Of what is audited only where one line tells of them
    /// all: the caller writes it.
    /// </summary>
    public async Task InsertAllAsync<T>(IEnumerable<T> rows)
        where T : class, IEnvironmentOwned
    {
        await SaveAsync(CancellationToken.None);
        foreach (var row in rows)
        {
            row.EnvironmentId = EnvironmentId.Value == 0 ? throw new InvalidOperationException($"{typeof(T).Name} belongs to an environment.") : EnvironmentId;
            await RunInsertAsync(row, null);
        }
    }

    /// <summary>
    /// Inside a write, runs a constant SQL statement that both databases understand: for the few that every login runs, where
    /// LINQ costs ten times as much. No query filter sees it, so it must name the environment itself.
    /// </summary>
    /// <param name="values">Of <c>@p0</c>, <c>@p1</c>, …: <see cref="long"/>, <see cref="int"/> or <see cref="string"/>, never null.</param>
    public async Task<IReadOnlyList<T>> RunAsync<T>(string sql, Func<System.Data.Common.DbDataReader, T> read, params object[] values)
    {
        await SaveAsync(CancellationToken.None);
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new(sql);
        }

        return await statement.RunAsync(Database, read, values);
    }

    private Task<bool> RunInsertAsync(object row, Func<Func<string, string>, string>? condition)
    {
        if (!_inserts.TryGetValue(row.GetType(), out var insert))
        {
            _inserts[row.GetType()] = insert = new(Model.FindEntityType(row.GetType())!);
        }

        return insert.RunAsync(Database, row, condition);
    }

    internal void Lease(Scope scope, Ids ids, TimeProvider clock)
    {
        (EnvironmentId, ProjectId) = (scope.Environment, scope.Project);
        Ids = ids;
        Clock = clock;
        Forget();
    }

    /// <summary>
    /// Goes on in another scope within the same unit of work: an import writes several environments, and all or nothing. What
    /// was changed so far is saved (not committed) and must have its audit line, since its scope ends here.
    /// </summary>
    public async Task EnterAsync(Scope scope)
    {
        await SaveAsync(CancellationToken.None);
        _described.Clear();
        (EnvironmentId, ProjectId) = (scope.Environment, scope.Project);
    }

    /// <summary>Saves what the work tracked and hands out the signals to send after the commit.</summary>
    internal async Task<IReadOnlyList<Signal>> FinishAsync(CancellationToken cancellation)
    {
        await SaveAsync(cancellation);
        return _signals.Count == 0 ? [] : [.. _signals];
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        ChangeTracker.DetectChanges();
        if (ChangeTracker.HasChanges())
        {
            await SaveTrackedAsync(cancellation);
        }

        foreach (var record in _records)
        {
            await RunInsertAsync(record, null);
        }

        _records.Clear();
    }

    private async Task SaveTrackedAsync(CancellationToken cancellation)
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            Stamp(entry);
            if (AuditTrail.IsAudited(entry) && !_described.Contains(entry.Entity))
            {
                throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} was changed without an audit line.");
            }
        }

        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await SaveChangesAsync(cancellation);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    internal void Forget()
    {
        ChangeTracker.Clear();
        _signals.Clear();
        _described.Clear();
        _records.Clear();
    }

    /// <summary>Guards the wall between environments on the way in, as the query filter does on the way out.</summary>
    private void Stamp(EntityEntry entry)
    {
        if (entry.Entity is not IEnvironmentOwned owned || entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            return;
        }

        if (EnvironmentId.Value == 0)
        {
            throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} belongs to an environment and cannot be written in the host's scope.");
        }

        if (owned.EnvironmentId.Value == 0)
        {
            owned.EnvironmentId = EnvironmentId;
        }
        else if (owned.EnvironmentId != EnvironmentId)
        {
            throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} of another environment.");
        }
    }

    public override void Dispose()
    {
        DropPrepared();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        DropPrepared();
        return base.DisposeAsync();
    }

    /// <summary>A pooled context goes to another connection next time; the one writer of SQLite keeps both.</summary>
    private void DropPrepared()
    {
        foreach (var prepared in _inserts.Values.Concat<IDisposable>(_statements.Values))
        {
            prepared.Dispose();
        }

        _inserts.Clear();
        _statements.Clear();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Times as whole milliseconds: SQLite cannot order its text form of a DateTimeOffset, and both databases then agree.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TimeConverter, TimeComparer>();
        configurationBuilder.Properties<ProjectId>().HaveConversion<IdConverter<ProjectId>>();
        configurationBuilder.Properties<EnvironmentId>().HaveConversion<IdConverter<EnvironmentId>>();
        configurationBuilder.Properties<AppId>().HaveConversion<IdConverter<AppId>>();
        configurationBuilder.Properties<UserId>().HaveConversion<IdConverter<UserId>>();
        configurationBuilder.Properties<SessionId>().HaveConversion<IdConverter<SessionId>>();
        configurationBuilder.Properties<SealedText>().HaveConversion<SealedConverter>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ConsoleDb).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetKeys().SelectMany(k => k.Properties))
            {
                // Keys come from Ids: an insert then needs no answer from the database.
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }

            if (typeof(IEnvironmentOwned).IsAssignableFrom(entity.ClrType))
            {
                var row = Expression.Parameter(entity.ClrType, "row");
                entity.SetQueryFilter(Expression.Lambda(
                    Expression.Equal(
                        Expression.Property(row, nameof(IEnvironmentOwned.EnvironmentId)),
                        Expression.Property(Expression.Constant(this), nameof(EnvironmentId))),
                    row));
            }
        }
    }

    private sealed class IdConverter<T>() : ValueConverter<T, long>(id => id.Value, value => Of(value))
        where T : struct, ITypedId<T>
    {
        private static T Of(long value) => T.Of(value);
    }

    private sealed class TimeConverter() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), value => DateTimeOffset.FromUnixTimeMilliseconds(value));

    /// <summary>By what is stored: the same moment told in another zone is no change, and no line of an audit.</summary>
    private sealed class TimeComparer() : ValueComparer<DateTimeOffset>(
        (a, b) => a.ToUnixTimeMilliseconds() == b.ToUnixTimeMilliseconds(), time => time.ToUnixTimeMilliseconds().GetHashCode(), time => time);

    private sealed class SealedConverter() : ValueConverter<SealedText, string>(text => text.Ciphertext, value => new(value));
}
