using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FederationConsole.Data;

/// <summary>
/// Inserts rows of one entity by one statement made from its mapping, around the change tracker: a tenth of the price of
/// SaveChanges, for the rows that every login writes.
/// </summary>
internal sealed class RowInsert : IDisposable
{
    private readonly IReadOnlyList<(IProperty Property, RelationalTypeMapping Mapping)> _columns;
    private readonly string _into;
    private readonly PreparedCommand _command = new();

    public RowInsert(IEntityType entity)
    {
        _columns = [.. entity.GetProperties().Select(p => (p, p.GetRelationalTypeMapping()))];
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        _into = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", _columns.Select(c => $"\"{c.Property.GetColumnName(table)}\""))})";
    }

    /// <param name="condition">SQL over the parameters <c>@p0</c>, …; the row is inserted only where it holds. A constant of the caller's.</param>
    /// <returns>Whether the row was inserted.</returns>
    public async Task<bool> RunAsync(DatabaseFacade database, object row, Func<Func<string, string>, string>? condition)
    {
        var command = _command.On(database, () => Text(condition?.Invoke(Name)), c => AddParameters(c, row));
        for (var i = 0; i < _columns.Count; i++)
        {
            command.Parameters[i].Value = Value(i, row) ?? DBNull.Value;
        }

        return await command.ExecuteNonQueryAsync() == 1;
    }

    public void Dispose() => _command.Dispose();

    private string Text(string? condition)
    {
        var names = string.Join(", ", _columns.Select((_, i) => $"@p{i}"));
        return condition is null ? $"{_into} VALUES ({names})" : $"{_into} SELECT {names} WHERE {condition}";
    }

    private void AddParameters(DbCommand command, object row)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            // The mapping knows the database's type, which a null value does not tell.
            command.Parameters.Add(_columns[i].Mapping.CreateParameter(command, $"@p{i}", _columns[i].Property.GetGetter().GetClrValue(row), _columns[i].Property.IsNullable));
        }
    }

    private object? Value(int i, object row)
    {
        var value = _columns[i].Property.GetGetter().GetClrValue(row);
        return value is not null && _columns[i].Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }

    private string Name(string property)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_columns[i].Property.Name == property)
            {
                return $"@p{i}";
            }
        }

        throw new ArgumentException($"No property {property}.", nameof(property));
    }
}
